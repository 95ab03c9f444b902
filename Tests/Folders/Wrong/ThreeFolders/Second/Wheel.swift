enum Wheel {
    case front

    static let tyre: Tyre? = nil
}
