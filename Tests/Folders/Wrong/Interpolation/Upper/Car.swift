enum Car {
    static let name = "car"
    static let wheel = Wheel()
}
