struct Wheel {
    let pressure = requiredPressure()
}
