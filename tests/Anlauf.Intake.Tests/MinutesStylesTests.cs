namespace Anlauf.Intake.Tests;

/// <summary>The ways German associations, parties and councils write minutes; all names are invented.</summary>
public class MinutesStylesTests
{
    [Fact]
    public void Council_minutes_with_attendance_in_lines()
    {
        var record = Texts.Read("""
            Niederschrift über die öffentliche Sitzung des Gemeinderates der Gemeinde Musterhain
            am Dienstag, dem 14.05.2024, um 19:00 Uhr im Rathaus Musterhain

            Vorsitz: Bürgermeisterin Petra Sommer
            Anwesende Gemeinderäte: Klaus Ahorn, Dr. Ines Birke, Rolf Buche (ab 19:20 Uhr)
            Entschuldigt fehlten: Udo Eiche
            Gäste: Frau Linde (Planungsbüro)
            Schriftführer: Tom Esche
            Ende: 21:15 Uhr

            Tagesordnung:
            1. Eröffnung
            2. Bebauungsplan „Am Hang"
            3. Verschiedenes

            TOP 1 Eröffnung
            Die Bürgermeisterin eröffnet die Sitzung.

            TOP 2 Bebauungsplan „Am Hang"
            Der Gemeinderat beschließt den Entwurf des Bebauungsplans.
            Abstimmungsergebnis: 9 Ja, 1 Nein, 2 Enthaltungen

            TOP 3 Verschiedenes
            Nächste Sitzung: 11.06.2024
            """);
        record.DocType.ShouldBe("minutes");
        record.Body!.Value.ShouldBe("Gemeinderat");
        record.Date!.Value.ShouldBe("2024-05-14");
        (record.StartTime!.Value, record.EndTime!.Value).ShouldBe(("19:00", "21:15"));
        record.Present.Select(p => p.Value).ShouldBe(["Klaus Ahorn", "Ines Birke", "Rolf Buche"]);
        record.Excused.Select(p => p.Value).ShouldBe(["Udo Eiche"]);
        record.Guests.Select(p => p.Value).ShouldBe(["Linde"]);
        record.Chair.Select(p => p.Value).ShouldBe(["Petra Sommer"]);
        record.MinuteTaker.Select(p => p.Value).ShouldBe(["Tom Esche"]);
        record.Agenda.Select(a => a.Title).ShouldBe(["Eröffnung", "Bebauungsplan „Am Hang\"", "Verschiedenes"]);
        var decision = record.Decisions.ShouldHaveSingleItem();
        (decision.Agenda, decision.Result, decision.Votes.Yes, decision.Votes.No, decision.Votes.Abstain).ShouldBe(("2", "adopted", 9, 1, 2));
        record.Tasks.ShouldContain(t => t.Kind == "next_meeting" && t.Due == "2024-06-11");
    }

    [Fact]
    public void Branch_minutes_with_bullets_and_tasks()
    {
        var record = Texts.Read("""
            # Protokoll Vorstandssitzung SPD-Ortsverein Lindenau
            **Datum:** 03.04.2024
            **Ort:** Zoom

            ## Anwesend
            - Kai Winter (Vorsitz)
            - Mona Frühling
            - Jan Herbst, Kassierer

            ## Entschuldigt
            - Kai Winter

            ## 1. Finanzen
            - Jan Herbst erstellt bis zum 30.04.2024 den Kassenbericht.
            - **Beschluss:** Der Vorstand beschließt 200 € für den Infostand (einstimmig).
            - Mona Frühling kümmert sich um die Einladung bis Freitag.

            ## 2. Wahlkampf
            Das Thema wird auf der nächsten Sitzung erneut besprochen.
            """);
        record.Place!.Value.ShouldBe("online");
        record.Present.Select(p => p.Value).ShouldBe(["Kai Winter", "Mona Frühling", "Jan Herbst"]);
        record.Contradictions.ShouldContain(c => c.Type == "present_and_excused" && c.Detail == "Kai Winter" && c.Passages.Count == 2);
        record.Decisions.ShouldHaveSingleItem().Votes.Unanimous.ShouldBe(true);
        record.Tasks.ShouldContain(t => t.Due == "2024-04-30" && t.Responsible.Count == 1 && t.Responsible[0].Value == "Jan Herbst");
        record.Tasks.ShouldContain(t => t.Due == "2024-04-05" && t.DueBasis != null);
        record.FollowUps.ShouldHaveSingleItem();
    }

    [Fact]
    public void Club_minutes_with_tables()
    {
        var record = Texts.Read("""
            # Protokoll der Jahreshauptversammlung des Gartenfreunde Sonnental e.V. vom 9. März 2024

            | Name | Funktion | Status |
            |---|---|---|
            | Ada Stein | Vorsitzende | anwesend |
            | Ben Kies | Kassier | entschuldigt |
            | Cem Sand | Beisitzer | anwesend |

            ## TOP 1 Aufgaben

            | Aufgabe | Wer | Bis wann |
            |---|---|---|
            | Zaun streichen | Cem Sand | 15.04.2024 |
            """);
        record.Organisation!.Value.ShouldBe("Gartenfreunde Sonnental e.V.");
        record.Present.Select(p => p.Value).ShouldBe(["Ada Stein", "Cem Sand"]);
        record.Excused.Select(p => p.Value).ShouldBe(["Ben Kies"]);
        var task = record.Tasks.ShouldHaveSingleItem();
        (task.Text, task.Due, task.Responsible[0].Value).ShouldBe(("Zaun streichen", "2024-04-15", "Cem Sand"));
    }

    [Fact]
    public void A_motion_names_its_originator_and_its_referral()
    {
        var record = Texts.Read("""
            # Antrag A7: Mehr Bänke am Bahnhof

            **Antragsteller:innen:** Kreisverband Musterland

            Der Landesparteitag möge beschließen:

            Am Bahnhof werden zehn Bänke aufgestellt. Die Kosten trägt die Bahn.

            **Empfehlung der Antragskommission:** Überweisen an: Landtagsfraktion, Landesvorstand (Konsens)
            """);
        record.DocType.ShouldBe("motion");
        record.Originators.Select(o => o.Value).ShouldBe(["Kreisverband Musterland"]);
        record.Referrals.Select(o => o.Value).ShouldBe(["Landtagsfraktion", "Landesvorstand"]);
        record.Papers.ShouldHaveSingleItem().Reference.ShouldBe("A7");
        var decision = record.Decisions.ShouldHaveSingleItem();
        (decision.Text, decision.Result).ShouldBe(("Am Bahnhof werden zehn Bänke aufgestellt.", "referred"));
    }

    [Fact]
    public void A_resolution_of_a_party_congress_keeps_body_day_and_place()
    {
        var record = Texts.Read("""
            ## Gute Busse für alle

            (Beschluss der 2. Tagung des 4. Landesparteitages der Partei DIE LINKE. Thüringen am 7. September 2024 in Apolda)

            Der ländliche Raum braucht einen Takt. Wir fordern einen Bus je Stunde.
            """);
        (record.DocType, record.Body!.Value, record.Date!.Value, record.Place!.Value).ShouldBe(("resolution", "Landesparteitag", "2024-09-07", "Apolda"));
        record.Organisation!.Value.ShouldBe("DIE LINKE. Thüringen");
        record.Decisions.ShouldHaveSingleItem().Text.ShouldBe("Der ländliche Raum braucht einen Takt.");
    }

    [Fact]
    public void Slips_of_the_minutes_are_put_as_questions()
    {
        var record = Texts.Read("""
            # Protokoll der Vorstandssitzung vom 07.05.2024

            Anwesend: Ada Stein, Cem Sand, Eva Ton, Ben Kies
            Stimmberechtigte Mitglieder: 4

            ## TOP 1 Bericht
            Am Montag, 14.05.2024 tagt der Beirat.
            ## TOP 2 Haushalt
            Der Vorstand beschließt den Haushalt. (5/0/0)
            ## TOP 2 Sommerfest
            Ada Stein plant das Fest.
            """);
        record.Contradictions.Select(c => c.Type).Order().ShouldBe(["agenda_number_duplicate", "date_mismatch", "votes_exceed_present"]);
        record.Contradictions.ShouldAllBe(c => c.Question.EndsWith('?') && c.Passages.Count > 0);
    }

    [Fact]
    public void Two_persons_of_one_name_stay_two_and_are_put_as_a_question()
    {
        var record = Texts.Read("# Protokoll der Vorstandssitzung vom 07.05.2024\n\nAnwesend: Thomas Müller (KV Nord), Ada Stein, Thomas Müller (KV Süd), Ada Stein\n\n## TOP 1 Bericht\n\nAda Stein berichtet.\n");
        record.Present.Select(p => p.Value).ShouldBe(["Thomas Müller", "Ada Stein", "Thomas Müller"]);
        record.Hints.ShouldContain(h => h.Type == "same_name_twice" && h.Passages.Count == 2);
    }

    [Theory]
    [InlineData("2018-10-17 - Planung.md", "2018-10-17")]
    [InlineData("Protokoll_20181017.md", "2018-10-17")]
    [InlineData("Protokoll 17.10.2018.md", "2018-10-17")]
    [InlineData("Protokoll 2018.md", null)]
    [InlineData("17.10.2018 bis 18.10.2018.md", null)]
    [InlineData("Beleg 20181399.md", null)]
    public void A_day_only_the_file_name_states_is_taken_and_put_as_a_question(string name, string? day)
    {
        var record = IntakeReader.Read(new(name, SourceFormat.Markdown, "# Protokoll\n\nAnwesend: Ada Stein, Cem Sand\n\n## TOP 1 Bericht\n\nAda Stein berichtet.\n"));
        record.Date?.Value.ShouldBe(day);
        record.Hints.Any(h => h.Type == "date_from_file_name").ShouldBe(day is not null);
    }

    [Fact]
    public void The_text_outweighs_the_file_name()
    {
        var record = IntakeReader.Read(new("2018-10-17.md", SourceFormat.Markdown, "# Protokoll vom 18.10.2018\n\nAnwesend: Ada Stein\n"));
        record.Date!.Value.ShouldBe("2018-10-18");
        record.Hints.ShouldNotContain(h => h.Type == "date_from_file_name");
    }
}
