namespace Anlauf.Intake.Tests;

public class VoteTests
{
    [Theory]
    [InlineData("Der Vorstand beschließt die Anschaffung eines Beamers. (5/2/1)", 5, 2, 1, false)]
    [InlineData("Der Vorstand beschließt die Anschaffung mit 12 Ja-Stimmen, 3 Nein-Stimmen und 2 Enthaltungen.", 12, 3, 2, false)]
    [InlineData("Der Antrag von Kim wird bei 2 Enthaltungen beschlossen.", null, null, 2, null)]
    [InlineData("Die Mitgliederversammlung beschließt einstimmig den Haushalt.", null, null, null, true)]
    [InlineData("Die Versammlung beschließt den Haushalt mehrheitlich.", null, null, null, false)]
    [InlineData("Der Rat beschließt die Vorlage ohne Gegenstimmen bei einer Enthaltung.", null, 0, 1, null)]
    [InlineData("Der Kreisvorstand beschließt den Infostand. Abstimmung: 9/0/1", 9, 0, 1, true)]
    [InlineData("Der Kreisvorstand beschließt den Infostand. Ja: 5 Nein: 0 Enthaltung: 1", 5, 0, 1, true)]
    [InlineData("Der Gemeinderat beschließt den Bebauungsplan mit 7 Stimmen dafür und zwei Stimmen dagegen.", 7, 2, null, false)]
    public void Figures_are_taken_as_stated_and_never_completed(string text, int? yes, int? no, int? abstain, bool? unanimous)
    {
        var decision = Texts.Read("# Protokoll der Vorstandssitzung vom 03.05.2024\n\n## TOP 1 Anträge\n\n" + text + "\n").Decisions.ShouldHaveSingleItem();
        (decision.Votes.Yes, decision.Votes.No, decision.Votes.Abstain, decision.Votes.Unanimous).ShouldBe((yes, no, abstain, unanimous));
    }

    [Theory]
    [InlineData("Der Antrag wird mit 3 Ja-Stimmen und 8 Nein-Stimmen abgelehnt.", "rejected")]
    [InlineData("Der Antrag wird auf die nächste Sitzung vertagt.", "adjourned")]
    [InlineData("Der Antrag wird an den Landesvorstand überwiesen.", "referred")]
    [InlineData("Der Antrag wird einstimmig angenommen.", "adopted")]
    [InlineData("Der Antrag wurde zurückgezogen.", "withdrawn")]
    public void The_outcome_of_a_motion_is_read(string outcome, string result)
    {
        var text = $"# Protokoll der Kreismitgliederversammlung vom 03.05.2024\n\n## TOP 2 Anträge\n\nRobin Beispiel beantragt, einen Infostand zu mieten.\n{outcome}\n";
        var decision = Texts.Read(text).Decisions.ShouldHaveSingleItem();
        decision.Result.ShouldBe(result);
        decision.Text.ShouldStartWith("Robin Beispiel beantragt");
    }

    [Theory]
    [InlineData("Im nächsten Monat soll über den Haushalt beschlossen werden.")]
    [InlineData("Die Versammlung ist beschlussfähig.")]
    [InlineData("Wie soll der Antrag beschlossen werden?")]
    [InlineData("Robin Beispiel nimmt die Wahl an.")]
    public void Talk_about_deciding_is_no_decision(string text) =>
        Texts.Read("# Protokoll der Vorstandssitzung vom 03.05.2024\n\n## TOP 1 Aussprache\n\n" + text + "\n").Decisions.ShouldBeEmpty();
}
