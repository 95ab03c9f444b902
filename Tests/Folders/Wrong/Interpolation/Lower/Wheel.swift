struct Wheel {
    let words = "a wheel of \(Car.name.isEmpty ? "(none)" : Car.name)"
}
