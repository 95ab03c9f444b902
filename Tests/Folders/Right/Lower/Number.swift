func isNumber(_ number: Double) -> Bool { number.isFinite }

func isLong(_ map: (roadLength: Int, name: String)) -> Bool { map.roadLength > 2 }
