using System.Text.RegularExpressions;

namespace Anlauf.Tests.Members;

/// <summary>The report on members and the page of shares, as somebody reads one after the other.</summary>
public sealed class ReportPageTests(OpenHouse door) : IClassFixture<OpenHouse>
{
    [Fact]
    public async Task Both_pages_say_the_same_shares_and_joins_are_one_number()
    {
        var house = door.House;
        foreach (var (district, n) in new[] { ("kreis-14612", 15), ("kreis-14713", 12), ("kreis-14626", 6), ("kreis-14522", 7), ("kreis-14511", 5) })
            await house.TellAsync("""
                with p as (insert into organisation.person (division_id, given_name, family_name) select d.id, 'Anteil', d.slug || i from organisation.division d, generate_series(1, @n) i where d.slug = @district returning id, division_id)
                insert into members.party_membership (person_id, division_id, kind, state, received_on, entered_on, effective_on) select id, division_id, 'member', 'active', current_date - 30 * (id % 11), current_date - 30 * (id % 11), current_date - 30 * (id % 11) from p
                """, new { district, n });
        await door.AccountAsync("anteile", house.StateManager);
        using var visitor = await door.SignInAsync("anteile");
        var (report, shares) = (await visitor.ReadAsync("/menschen/bericht"), await visitor.ReadAsync("/menschen/verteilung"));
        var said = Regex.Match(shares, "In [^<>]+ leben [0-9,]+ % der Menschen und [0-9,]+ % der Mitglieder").Value;
        said.ShouldStartWith("In SV Dresden und SV Leipzig leben ");
        report.ShouldContain(said);
        // counted, not estimated from the months; and the months say that they are
        report.ShouldContain("In zwölf Monaten kamen 45, es gingen 0");
        report.ShouldContain("die 45 Eintritte des Jahres sind gezählt");
        report.ShouldContain("45 mehr als vor einem Jahr");
        // no table of ages without one birthday
        report.ShouldContain("Von niemandem steht ein Geburtstag im Register");
        report.ShouldNotContain("28 bis 44");
    }
}
