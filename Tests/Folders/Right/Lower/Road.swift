enum Road { case dirt }

struct Traffic {}
