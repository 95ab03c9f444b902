import Foundation
import TestSupport
import Testing

@testable import RecurrentFormats

@Suite struct DateTests {
    @Test(arguments: [
        "0001", "2024", "1749-01", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2024-12-31T23:59",
        "2024-01-01T00:00:00", "1969-07-20 20:17:40",
    ])
    func datesAreWrittenAsTheyWereRead(text: String) { #expect(DateStamp(text)?.description == text) }

    @Test(arguments: [
        "", "0000", "24", "12345", "2024-1", "2024-13", "2024-00", "2024-02-30", "2023-02-29", "1900-02-29",
        "2024-04-31", "2024-01-00", "2024/01/01", "2024-01-01T", "2024-01-01T24:00", "2024-01-01T12:60",
        "2024-01-01T12:00:60", "2024-01-01t12:00", "2024-01-01T12:00Z", "2024-01-01T12:00:00.5", "01.02.2024",
        " 2024", "2024-01 ", "+2024-1", "-204", "2024-01-01  2:00", "２０２４", "20é4-01", "2024-01T01:00",
    ])
    func whatIsNoDateIsNone(text: String) { #expect(DateStamp(text) == nil) }

    @Test func theCalendarAgreesWithFoundations() throws {
        var gregorian = Foundation.Calendar(identifier: .gregorian)
        gregorian.timeZone = try #require(TimeZone(identifier: "UTC"))
        // Foundation's calendar is the Julian one before 1582.
        let first = try #require(gregorian.date(from: DateComponents(year: 1600, month: 1, day: 1)))
        for offset in stride(from: 0, to: 300_000, by: 97) {
            let parts = gregorian.dateComponents(
                [.year, .month, .day], from: first.addingTimeInterval(86400 * Double(offset)))
            let day = GregorianCalendar.day(1600, 1, 1) + offset
            #expect(GregorianCalendar.date(ofDay: day) == (parts.year!, parts.month!, parts.day!))
        }
    }

    @Test func everyDayFollowsTheOneBefore() {
        #expect(
            GregorianCalendar.day(1, 1, 1) == 0
                && GregorianCalendar.day(1970, 1, 1) == 719_162)
        var day = GregorianCalendar.day(1896, 1, 1)
        for year in 1896...1905 {
            for month in 1...12 {
                for number in 1...GregorianCalendar.days(inMonth: month, of: year) {
                    #expect(GregorianCalendar.day(year, month, number) == day)
                    #expect(GregorianCalendar.date(ofDay: day) == (year, month, number))
                    day += 1
                }
            }
        }
    }

    /// Dates, their step, and the two dates that follow.
    @Test(arguments: [
        ("2001 2002 2003", "a year", "2004 2005"), ("1990 2000 2010", "10 years", "2020 2030"),
        ("2020-11 2020-12 2021-01", "a month", "2021-02 2021-03"),
        ("2020-01 2020-04", "a quarter", "2020-07 2020-10"), ("2020-01 2021-01", "a year", "2022-01 2023-01"),
        ("2020-01-01 2020-02-01 2020-03-01", "a month", "2020-04-01 2020-05-01"),
        ("2019-12-31 2020-01-31 2020-02-29 2020-03-31 2020-04-30", "a month", "2020-05-31 2020-06-30"),
        ("2021-01-30 2021-02-28 2021-03-30 2021-04-30", "a month", "2021-05-30 2021-06-30"),
        ("2020-02-29 2021-02-28 2022-02-28 2023-02-28 2024-02-29", "a year", nil),
        ("2020-12-30 2020-12-31 2021-01-01", "a day", "2021-01-02 2021-01-03"),
        ("2020-01-31 2020-02-01", "a day", "2020-02-02 2020-02-03"),
        ("2020-02-24 2020-03-02 2020-03-09", "a week", "2020-03-16 2020-03-23"),
        ("2020-12-31T22:00 2020-12-31T23:00", "an hour", "2021-01-01T00:00 2021-01-01T01:00"),
        ("2020-12-31_23:59:30 2020-12-31_23:59:45", "15 seconds", "2021-01-01_00:00:00 2021-01-01_00:00:15"),
        (
            "2020-01-15T12:00 2020-02-15T12:00 2020-03-15T12:00", "a month",
            "2020-04-15T12:00 2020-05-15T12:00"
        ),
    ])
    func theStepIsFoundAndGoesOn(dates: String, step: String, following: String?) throws {
        func split(_ text: String) -> [String] {
            text.split(separator: " ").map { $0.replacingOccurrences(of: "_", with: " ") }
        }
        guard let following else {
            // A last day that is sometimes the 28th and sometimes the 29th is no day of the month.
            #expect(throws: DateError.self) { try DateColumn(split(dates)) }
            return
        }
        let column = try DateColumn(split(dates))
        #expect(column.step.description == step && column.following(2).map(\.description) == split(following))
        #expect(column.following(0).isEmpty)
    }

    /// Dates, the row at fault, and a part of the message.
    @Test(arguments: [
        ("2020-01 2020-02 2020-2", 2, "'2020-2' is no date"),
        ("2020-01 2020-02 2020-03-01", 2, "in another way"),
        ("2020-01-01T00:00 2020-01-01_01:00", 1, "in another way"),
        ("2020-01 2020-02 2020-02", 2, "'2020-02' occurs twice"),
        ("2020-01 2020-03 2020-02", 2, "'2020-02' follows '2020-03'"),
        ("2020-01 2020-02 2020-04 2020-05", 2, "'2020-03' is expected, as the step is a month"),
        ("2020-01 2020-03 2020-04 2020-05", 1, "'2020-02' is expected"),
        ("2020-01-01 2020-01-02 2020-01-05 2020-01-06 2020-01-07", 2, "'2020-01-03' is expected"),
        ("2020-01-01 2020-02-01 2020-03-02 2020-04-01 2020-05-01", 2, "'2020-03-01' is expected"),
        ("2020-01-02 2020-02-01 2020-03-01 2020-04-01", 0, "'2020-01-02' is off the step"),
        (
            "2020-01-01T01:00 2020-01-01T02:00 2020-01-01T02:30 2020-01-01T03:00 2020-01-01T04:00 2020-01-01T05:00",
            2, "'2020-01-01T03:00' is expected"
        ),
        ("2020", nil, "at least two"), ("", nil, "at least two"),
    ])
    func whatIsOffTheStepIsNamed(dates: String, row: Int?, problem: String) {
        let texts = dates.split(separator: " ").map { $0.replacingOccurrences(of: "_", with: " ") }
        let error = #expect(throws: DateError.self) { try DateColumn(texts) }
        #expect(
            error?.row == row && error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }

    @Test func noDamageCrashesTheColumn() {
        let good = Array("2020-01-31 2020-02-29 2020-03-31 2020-04-30".utf8)
        var mutations = Mutations(seed: 24)
        for _ in 0..<10_000 {
            let text = String(
                decoding: mutations.mutate(good, telling: Array("0123456789- T:".utf8)), as: UTF8.self)
            let texts = text.split(separator: " ").map(String.init)
            guard let column = try? DateColumn(texts) else { continue }
            #expect(column.dates.map(\.description) == texts)
            let all = column.dates + column.following(3)
            #expect(zip(all, all.dropFirst()).allSatisfy { $0.ordinal < $1.ordinal })
        }
    }
}
