struct Wheel {
    var car: Car?
}
