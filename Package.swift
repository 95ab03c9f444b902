// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [.strictMemorySafety()]

let package = Package(
    name: "swift-recurrent",
    products: [
        .library(name: "RecurrentLinearAlgebra", targets: ["RecurrentLinearAlgebra"]),
        .library(name: "RecurrentFormats", targets: ["RecurrentFormats"]),
        .library(name: "Recurrent", targets: ["Recurrent"]),
        .executable(name: "rnn", targets: ["RecurrentCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CRecurrentBLAS",
            pkgConfig: "blas",
            providers: [
                .apt(["libopenblas-dev", "liblapacke-dev"]),
                .brew(["lapack"]),
            ]),
        .target(name: "CRecurrentKernels"),
        .target(
            name: "RecurrentLinearAlgebra",
            dependencies: ["CRecurrentBLAS", "CRecurrentKernels"],
            swiftSettings: settings),
        .target(
            name: "RecurrentFormats",
            swiftSettings: settings),
        .target(
            name: "Recurrent",
            dependencies: ["RecurrentLinearAlgebra", "RecurrentFormats"],
            swiftSettings: settings),
        .target(name: "RecurrentCharts", swiftSettings: settings),
        .target(
            name: "RecurrentPresentation",
            dependencies: [
                "RecurrentFormats", "RecurrentCharts",
                // For `ExitStatus`. It is also compiled later than `RecurrentFormats`, so the build begins
                // `Recurrent` first and compiles this beside it.
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "RecurrentCommand",
            dependencies: [
                "Recurrent", "RecurrentPresentation", "RecurrentCharts",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Data/README.md", "Data/LICENSE.statsmodels-BSD3"],
            resources: [
                .copy("Data/sunspots.csv"), .copy("Data/JapaneseVowels"), .copy("Data/KingJames"),
                .copy("Data/Libras"), .copy("Data/Sentiment"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Recurrent", "RecurrentCharts", "NaiveReference", "SampleProblems", "AllocationCounter",
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
        .target(
            name: "TestSupport", dependencies: ["Recurrent", "AllocationCounter"], path: "Tests/TestSupport",
            swiftSettings: settings),
        .testTarget(
            name: "RecurrentLinearAlgebraTests",
            dependencies: ["RecurrentLinearAlgebra", "NaiveReference", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "RecurrentFormatsTests",
            dependencies: ["RecurrentFormats", "Recurrent", "SampleProblems", "TestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "RecurrentTests",
            dependencies: [
                "Recurrent", "SampleProblems", "TestSupport", "NaiveReference", "BLASCallCounter",
                "AllocationCounter",
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RecurrentChartsTests",
            dependencies: ["RecurrentCharts"],
            swiftSettings: settings),
        .testTarget(
            name: "RecurrentCommandTests",
            dependencies: ["RecurrentCommand", "Recurrent", "RecurrentPresentation", "RecurrentCharts"],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
