// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [.strictMemorySafety()]

let package = Package(
    name: "swift-recurrent",
    products: [
        .library(name: "LinearAlgebra", targets: ["LinearAlgebra"]),
        .library(name: "Recurrent", targets: ["Recurrent"]),
        .executable(name: "rnn", targets: ["RNNCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CBLAS",
            pkgConfig: "blas",
            providers: [
                .apt(["libopenblas-dev", "liblapacke-dev"]),
                .brew(["lapack"]),
            ]),
        .target(name: "CVectorMath"),
        .target(
            name: "LinearAlgebra",
            dependencies: ["CBLAS", "CVectorMath"],
            swiftSettings: settings),
        .target(
            name: "Recurrent",
            dependencies: ["LinearAlgebra"],
            swiftSettings: settings),
        .target(name: "Charts", swiftSettings: settings),
        .executableTarget(
            name: "RNNCommand",
            dependencies: [
                "Recurrent", "Charts",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Data/README.md", "Data/LICENSE.statsmodels-BSD3"],
            resources: [
                .embedInCode("Data/sunspots.csv"), .copy("Data/JapaneseVowels"),
                .copy("Data/KingJames"), .copy("Data/Libras"), .copy("Data/Sentiment"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Recurrent", "Charts", "NaiveReference", "SampleProblems", "AllocationCounter",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks",
            exclude: ["README.md", "Peers", "Plots"],
            swiftSettings: settings),
        .target(name: "NaiveReference", path: "Tests/NaiveReference"),
        .target(
            name: "SampleProblems", dependencies: ["Recurrent", "NaiveReference"],
            path: "Tests/SampleProblems",
            swiftSettings: settings),
        .target(name: "BLASCallCounter", path: "Tests/BLASCallCounter"),
        .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
        .testTarget(
            name: "LinearAlgebraTests",
            dependencies: ["LinearAlgebra", "NaiveReference"],
            swiftSettings: settings),
        .testTarget(
            name: "RecurrentTests",
            dependencies: [
                "Recurrent", "SampleProblems", "NaiveReference", "BLASCallCounter", "AllocationCounter",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ChartsTests",
            dependencies: ["Charts"],
            swiftSettings: settings),
        .testTarget(
            name: "RNNCommandTests",
            dependencies: ["RNNCommand", "Recurrent", "Charts"],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
