func isNumber(_ number: Double) -> Bool { number.isFinite }
