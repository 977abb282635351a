use super::*;

fn values(text: &str) -> Vec<(String, String)> {
    let found = find(text, &[], Day::new(2025, 5, 1)); // a Thursday
    found.into_iter().map(|date| (date.span.of(text).to_owned(), date.value)).collect()
}

#[track_caller]
fn check(text: &str, expected: &[(&str, &str)]) {
    let found = values(text);
    let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn full_dates_are_read_in_every_order_news_writes_them() {
    for text in [
        "It fell on April 22, 2025.",
        "It fell on 22 April 2025.",
        "It fell on Apr. 22, 2025.",
        "It fell on 22/04/2025.",
        "It fell on 2025-04-22.",
        "It fell on Tuesday, April 22nd, 2025.",
        "It fell on the 22nd of April, 2025.",
    ] {
        let found = values(text);
        assert_eq!(found.len(), 1, "{text} {found:?}");
        assert_eq!(found[0].1, "2025-04-22", "{text}");
    }
}

#[test]
fn a_date_without_a_year_takes_the_nearest_that_the_verb_allows() {
    check("Gunmen attacked the town on April 22.", &[("April 22", "2025-04-22")]);
    check("The court will rule on March 3.", &[("March 3", "2026-03-03")]);
    check("He was arrested on December 12.", &[("December 12", "2024-12-12")]);
}

#[test]
fn weekdays_are_the_last_ones_unless_the_verb_looks_ahead() {
    check("Rubio spoke to both on Wednesday night.", &[("Wednesday night", "2025-04-30T20:00/2025-04-30T23:59")]);
    check("Ministers will meet on Friday.", &[("Friday", "2025-05-02")]);
    check("The talks were held last Friday.", &[("last Friday", "2025-04-25")]);
    check("The truce ran from Monday to Wednesday.", &[("from Monday to Wednesday", "2025-04-28/2025-04-30")]);
}

#[test]
fn what_counts_from_the_report_is_counted() {
    check(
        "Two days ago shells fell; yesterday it was calm.",
        &[("Two days ago", "2025-04-29"), ("yesterday", "2025-04-30")],
    );
    check("The attack last week shocked the region.", &[("last week", "2025-W17")]);
    check("Exports fell last month and last year.", &[("last month", "2025-04"), ("last year", "2024")]);
    check("Ten people died in the past 24 hours.", &[("the past 24 hours", "2025-04-30/2025-05-01")]);
    check("Three years ago the war began.", &[("Three years ago", "2022")]);
}

#[test]
fn ranges_bounds_and_parts_are_intervals() {
    check("The drill ran April 22-25.", &[("April 22-25", "2025-04-22/2025-04-25")]);
    check("Between 2015 and 2018 exports doubled.", &[("2015", "2015"), ("2018", "2018")]);
    check("The post has been shut since Monday.", &[("since Monday", "2025-04-28/..")]);
    check("He resigned in early May 2021.", &[("early May 2021", "2021-05-01/2021-05-10")]);
    check("The pact was signed in late 2019.", &[("late 2019", "2019-09/2019-12")]);
}

#[test]
fn decades_centuries_quarters_and_seasons_have_values_of_their_own() {
    check("Fighting in the 1990s spread.", &[("the 1990s", "199X")]);
    check("Output fell in the third quarter of 2019.", &[("the third quarter of 2019", "2019-Q3")]);
    check("The offensive of spring 2022 failed.", &[("spring 2022", "2022-SP")]);
    check("A fort of the 17th century burned.", &[("the 17th century", "1600/1699")]);
}

#[test]
fn clocks_go_with_their_day() {
    check(
        "The blast came at 10:30 p.m. local time on Tuesday.",
        &[("at 10:30 p.m. local time on Tuesday", "2025-04-29T22:30")],
    );
    check("Sirens sounded at noon.", &[("at noon", "12:00")]);
}

#[test]
fn durations_and_repetitions_are_told_apart() {
    check("They were held for three weeks.", &[("three weeks", "P3W")]);
    check("They march every Friday.", &[("every Friday", "R/P1W")]);
}

#[test]
fn numbers_that_count_things_are_no_dates() {
    check("About 2000 soldiers crossed with 1,950 shells.", &[]);
    check("You may march if the score is 4:3.", &[]);
    check("A 26-year-old was shot.", &[]);
}

#[test]
fn without_a_publication_day_nothing_is_guessed() {
    let text = "On Wednesday they recalled the raid of April 22.";
    let found = find(text, &[], None);
    assert_eq!(found[0].value, "");
    assert_eq!(found[1].value, "--04-22");
}

#[test]
fn a_story_of_the_past_keeps_its_year() {
    check(
        "He was born in 1811. In 1829 he failed. In 1831 he was jailed on July 14 and freed two years later.",
        &[("1811", "1811"), ("1829", "1829"), ("1831", "1831"), ("July 14", "1831-07-14"), ("two years later", "1833")],
    );
}

#[test]
fn odd_text_never_panics() {
    for text in [
        "",
        "''''",
        "99999999999999 years ago",
        "May May May 99",
        "32/13/99999",
        "the the the",
        "2025-",
        "from to until",
        "½ hour — 5–",
        "0 BC",
        "9999999999 BC",
        "in 99999999999 days",
        "-05-05-05-",
        "é1990s 二〇二五年",
    ] {
        let _ = find(text, &[], Day::new(2025, 5, 1));
        let _ = find(text, &[], None);
    }
}

#[test]
fn a_day_counts_from_a_happening_that_the_report_dates() {
    check(
        "Gunmen shot 26 people in the April 22 attack. A day after the attack the border was closed.",
        &[("April 22", "2025-04-22"), ("A day after the attack", "2025-04-23")],
    );
    check(
        "It was the deadliest attack on April 22 in years. Trade has stopped since the attack.",
        &[("April 22", "2025-04-22"), ("since the attack", "2025-04-22/..")],
    );
    check("Trade has stopped since the attack.", &[]);
}

#[test]
fn weeks_are_told_by_a_day_in_them() {
    check("Troops left in the week of 3 March.", &[("the week of 3 March", "2025-W10")]);
    check("They met this past Wednesday.", &[("this past Wednesday", "2025-04-30")]);
    check("Talks will resume this coming Friday.", &[("this coming Friday", "2025-05-02")]);
}

#[test]
fn a_clock_of_the_small_hours_lies_on_the_day_after_the_night() {
    check("The drone fell at 4 am last night.", &[("at 4 am last night", "2025-05-01T04:00")]);
    check(
        "Guns fell silent from 2:00 to 2:30 pm on Tuesday.",
        &[("from 2:00 to 2:30 pm on Tuesday", "2025-04-29T14:00/2025-04-29T14:30")],
    );
}

#[test]
fn what_is_only_called_yearly_is_no_time() {
    check("Crowds came to the annual pilgrimage.", &[]);
    check("The council meets weekly in Geneva.", &[("weekly", "R/P1W")]);
}

#[test]
fn parts_of_the_day_are_halved_by_early_and_late() {
    check("Shelling began in the early morning.", &[("in the early morning", "08:00/10:00")]);
    check(
        "Police left on Monday in the late afternoon.",
        &[("Monday in the late afternoon", "2025-04-28T14:00/2025-04-28T16:00")],
    );
}

#[test]
fn a_verb_or_a_name_is_no_month_and_no_feast() {
    check("This may be the last convoy.", &[]);
    check("This May the port opens.", &[("This May", "2025-05")]);
    check("The magazine SEP printed a photograph by the Easter Bunny.", &[]);
    check("Prayers were held on Easter Sunday.", &[("Easter Sunday", "2025-04-20")]);
    check("See https://example.org/2017/04/16/port for more.", &[]);
    check("The pass lies at 1100 ft and the wall is 1-2/3 feet high.", &[]);
}

#[test]
fn years_of_three_digits_are_told_by_brackets_or_circa() {
    check("The poet (837–908) left the court.", &[("837", "0837"), ("908", "0908")]);
    check("He was born c. 347 in a border town.", &[("347", "0347")]);
    check("The bishop died on 30 September 420.", &[("30 September 420", "0420-09-30")]);
    check("On 30 September 420 soldiers crossed.", &[("30 September", "2024-09-30")]);
    check("About 360, among them children, were freed.", &[]);
}

#[test]
fn what_tells_no_day_is_no_date() {
    let vague = |text: &str| {
        let found = find(text, &[], Day::new(2025, 5, 1));
        found.into_iter().filter(|date| !date.is_date()).map(|date| date.span.of(text).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(vague("A few days ago shells fell; in recent years it was calm."), ["A few days ago", "recent years"]);
    let guide = "The fort stands on a hill above the river and is open to all. Its walls are thick and its yard is wide. \
                 Today, a museum about the siege fills the rooms of the keep. The old gate was moved when the railway came \
                 to the valley, and the bridge beside it burned. Visitors leave the yard at night and it is locked.";
    check(guide, &[("at night", "20:00/23:59")]);
    assert_eq!(vague(guide), ["at night"]);
}

#[test]
fn what_is_left_of_a_year_and_what_belongs_to_something_else() {
    check("The bridge will open by the end of the year.", &[("the end of the year", "2025")]);
    check("It is shut for the rest of the week.", &[("the rest of the week", "2025-05-01/2025-05-04")]);
    check("He wrote in the last years of the war.", &[]);
    check("Only 3 next week will go.", &[("next week", "2025-W19")]);
}

#[test]
fn a_feast_of_another_calendar_is_another_day() {
    check("They met before the Lunar New Year.", &[]);
    check("A truce held over Easter weekend.", &[("Easter weekend", "2025-04-19/2025-04-20")]);
    check("A truce held over Easter 2024 weekend.", &[("Easter 2024 weekend", "2024-03-30/2024-03-31")]);
}

#[test]
fn clocks_are_told_with_the_part_of_their_day() {
    check(
        "Guns fired at seven-thirty yesterday evening.",
        &[("at seven-thirty yesterday evening", "2025-04-30T19:30")],
    );
    check("Sirens rang at 3 in the morning on Tuesday.", &[("at 3 in the morning on Tuesday", "2025-04-29T03:00")]);
    check("Five were killed, three in the morning raid alone.", &[("in the morning", "08:00/12:00")]);
    check("Late this morning a convoy left.", &[("Late this morning", "2025-05-01T10:00/2025-05-01T12:00")]);
    check(
        "The bridge is shut today from 10 am for three hours.",
        &[("today from 10 am for three hours", "2025-05-01T10:00/2025-05-01T13:00")],
    );
}

#[test]
fn a_year_stands_before_its_month_as_well_and_in_words() {
    check("In 2017 April the fort fell.", &[("2017 April", "2017-04")]);
    check("It was signed in nineteen eighty-four.", &[("nineteen eighty-four", "1984")]);
    check("The shell bore the code 133-03-03-2020.", &[]);
    check("It burned in the war of 1861–65.", &[("1861", "1861"), ("65", "1865")]);
    check("The town fell in 200 B.C. and rose in 79 A.D. again.", &[("200 B.C.", "-0200"), ("79 A.D.", "0079")]);
    check("The mill stood there over a hundred years ago.", &[("a hundred years ago", "1925")]);
    check("They meet this Friday, May 2.", &[("this Friday, May 2", "2025-05-02")]);
    check("The strike runs from April 27 to the third.", &[("from April 27 to the third", "2025-04-27/2025-05-03")]);
}

#[test]
fn a_story_goes_on_from_the_day_it_told_last() {
    check(
        "The raid was on April 10. The following Monday envoys met, and later that day they left.",
        &[("April 10", "2025-04-10"), ("The following Monday", "2025-04-14"), ("later that day", "2025-04-14")],
    );
    check(
        "The fort fell on 3 May 1999. That night it burned; the following spring it was rebuilt.",
        &[
            ("3 May 1999", "1999-05-03"),
            ("That night", "1999-05-03T20:00/1999-05-03T23:59"),
            ("the following spring", "2000-SP"),
        ],
    );
    check("Talks are due on the 5th of next month.", &[("the 5th of next month", "2025-06-05")]);
    check("Ballots were counted the week before last.", &[("the week before last", "2025-W16")]);
    check("He resigned on the eve of Easter.", &[("the eve of Easter", "2025-04-19")]);
    check("Troops will leave within three days.", &[("within three days", "2025-05-02/2025-05-04")]);
    check("Rents are due on the last day of the month.", &[("the last day of the month", "2025-05-31")]);
    check("Exports fell in the last quarter of 2018.", &[("the last quarter of 2018", "2018-Q4")]);
    check("It broke down on Tuesday night at 9.", &[("Tuesday night at 9", "2025-04-29T21:00")]);
}

#[test]
fn what_comes_on_some_nights_of_every_week_is_a_repetition() {
    check("Prayers are held on Friday nights.", &[("Friday nights", "R/P1W")]);
}

#[test]
fn the_end_of_the_year_and_this_day_are_days() {
    check("Talks will end by year-end.", &[("year-end", "2025-12-31")]);
    check("This day, envoys meet again; to this day nobody knows why.", &[("This day", "2025-05-01")]);
    check("The port has been shut from April 22 to today.", &[("from April 22 to today", "2025-04-22/2025-05-01")]);
}

#[test]
fn a_denied_future_is_a_future() {
    check("Envoys won't meet on Friday.", &[("Friday", "2025-05-02")]);
    check("Talks start on Monday.", &[("Monday", "2025-05-05")]);
}

#[test]
fn a_story_of_the_past_tells_no_day_by_today_and_no_year_by_a_season_of_every_year() {
    check(
        "The fort was built in 1711. It fell in 1829 and burned in 1831. It is a school today. Summers are hot and \
         April is dry.",
        &[("1711", "1711"), ("1829", "1829"), ("1831", "1831"), ("Summers", "--06/--08"), ("April", "--04")],
    );
    check("The 9/11 attacks were named.", &[("The 9/11", "2001-09-11")]);
}
