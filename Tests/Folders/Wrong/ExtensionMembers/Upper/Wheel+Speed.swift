extension Wheel {
    var roundsPerMinute: Int { 500 }
}
