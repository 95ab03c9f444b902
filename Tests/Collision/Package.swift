// swift-tools-version: 6.2
import PackageDescription

// A package beside the library, with targets and C functions of the names that anyone would choose. It builds if
// ours collide with none of them, and its program runs if `import Recurrent` alone is enough.
let package = Package(
    name: "collision",
    dependencies: [.package(name: "swift-recurrent", path: "../..")],
    targets: [
        .systemLibrary(name: "CBLAS", pkgConfig: "blas"),
        .target(name: "CVectorMath"),
        .target(name: "LinearAlgebra", dependencies: ["CBLAS", "CVectorMath"]),
        .target(name: "Charts"),
        .target(name: "Formats"),
        .target(name: "Benchmarks"),
        .target(name: "NaiveReference"),
        .target(name: "TestSupport"),
        .executableTarget(
            name: "CollisionCheck",
            dependencies: [
                "LinearAlgebra", "Charts", "Formats", "Benchmarks", "NaiveReference", "TestSupport",
                .product(name: "Recurrent", package: "swift-recurrent"),
            ],
            swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")]),
    ],
    swiftLanguageModes: [.v6]
)
