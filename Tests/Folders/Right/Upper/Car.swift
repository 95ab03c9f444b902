struct Car {
    let wheels = [Wheel()]
    let road = Road.asphalt
}

private enum Road { case asphalt }

struct Speed {
    var wheelCount: Int { 4 }
}

func repair() {}

extension Car: CustomStringConvertible {
    var description: String { "a car of \(wheels.count) wheels" }
    private var isFinite: Bool { true }
}

func drive() -> Int {
    let roadLength = 3
    return roadLength
}
