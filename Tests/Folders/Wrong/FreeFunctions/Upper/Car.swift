func requiredPressure() -> Double { 2.2 }

struct Car {
    var wheels: [Wheel] = []
}
