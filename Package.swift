// swift-tools-version: 6.3
import PackageDescription

/// What every target of the package is compiled with.
let strict: [SwiftSetting] = [
  .treatAllWarnings(
    as: Context.environment["LAMINA_WARNINGS_ARE_ERRORS"] == nil ? .warning : .error),
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableExperimentalFeature("Lifetimes"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies + ["LibC"], swiftSettings: strict)
}

func example(_ name: String) -> Target {
  .executableTarget(
    name: name, dependencies: ["Lamina", "LibC"], path: "Examples/\(name)", swiftSettings: strict)
}

func tests(of module: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(module)Tests",
    dependencies: [.init(stringLiteral: module), "Fixtures", "LibC"] + dependencies,
    swiftSettings: strict)
}

func system(_ name: String, pkgConfig: String, apt: String, brew: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

/// The target that libFuzzer drives. It has no `main` of its own, so it is there only for Tests/fuzz.sh.
let fuzzing: [Target] =
  Context.environment["LAMINA_FUZZ"] == nil
  ? []
  : [
    .executableTarget(
      name: "FuzzFiles", dependencies: ["Fixtures", "MeshIO", "VolumeIO"], path: "Tests/Fuzz",
      exclude: ["make_seeds.py", "seeds"], swiftSettings: strict)
  ]

let package = Package(
  name: "Lamina",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Lamina", targets: ["Lamina"]),
    .executable(name: "lamina", targets: ["LaminaCommand"]),
    .executable(name: "lamina-benchmark", targets: ["LaminaBenchmark"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/ordo-one/TextTable", from: "0.0.2"),
  ],
  targets: [
    system("CTIFF", pkgConfig: "libtiff-4", apt: "libtiff-dev", brew: "libtiff"),
    system("CAssimp", pkgConfig: "assimp", apt: "libassimp-dev", brew: "assimp"),
    system("CPNG", pkgConfig: "libpng", apt: "libpng-dev", brew: "libpng"),
    system("CExpat", pkgConfig: "expat", apt: "libexpat1-dev", brew: "expat"),
    system("CBlosc", pkgConfig: "blosc", apt: "libblosc-dev", brew: "c-blosc"),
    system("CZstd", pkgConfig: "libzstd", apt: "libzstd-dev", brew: "zstd"),
    system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev", brew: "zlib"),
    system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev", brew: "openssl"),

    .target(name: "LibC", swiftSettings: strict),
    library("Files", ["CExpat", "CZlib"]),
    library("Volumes"),
    library("VolumeIO", ["Volumes", "Files", "CTIFF", "CBlosc", "CZstd", "CZlib"]),
    library("MeshProcessing", ["Volumes"]),
    library("MeshIO", ["Volumes", "MeshProcessing", "Files", "CAssimp"]),
    library("Reconstruction", ["Volumes", "MeshProcessing"]),
    library("Morphometry", ["Volumes", "MeshProcessing"]),
    library("Phantoms", ["Volumes"]),
    library("Pictures", ["Volumes", "MeshProcessing", "CPNG"]),
    library(
      "Lamina",
      [
        "Volumes", "VolumeIO", "MeshProcessing", "MeshIO", "Reconstruction", "Morphometry",
        "Phantoms", "Pictures", "Files", "CCrypto",
      ]),
    .executableTarget(
      name: "LaminaCommand",
      dependencies: [
        "Lamina", "Files", "LibC",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "TextTable", package: "TextTable"),
      ],
      swiftSettings: strict),

    .executableTarget(
      name: "LaminaBenchmark",
      dependencies: [
        "Lamina", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    example("MeasureNuclei"),
    example("ExportForViewers"),
    example("CompareCurvature"),
    example("CompareSimplification"),
    example("DrawNuclei"),
    example("DrawSurfaces"),
    example("DrawCurvature"),

    // Meshes, volumes and folders that several suites start from.
    .target(
      name: "Fixtures", dependencies: ["Volumes", "MeshProcessing", "LibC"], path: "Tests/Fixtures",
      swiftSettings: strict),
    tests(of: "Volumes"),
    tests(of: "VolumeIO", ["Volumes"]),
    tests(of: "MeshProcessing"),
    tests(of: "MeshIO", ["MeshProcessing"]),
    tests(of: "Reconstruction", ["Volumes", "MeshProcessing", "Phantoms", "Morphometry"]),
    tests(of: "Morphometry", ["Volumes", "MeshProcessing", "Phantoms", "Reconstruction"]),
    tests(of: "Phantoms", ["Volumes"]),
    tests(of: "Pictures", ["Volumes", "MeshProcessing"]),
    tests(of: "Lamina"),
    tests(of: "LaminaCommand", ["Volumes", "VolumeIO"]),
  ] + fuzzing
)
