enum Loss {
    case squared
}
