using Anlauf.Rooms.Members.Numbers;
using Anlauf.Tests.Offers;

namespace Anlauf.Tests.Members;

/// <summary>A14: shares of contact points, staff and members by district, beside the population.</summary>
public sealed class ConcentrationTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    [Fact]
    public void Shares_add_up_to_a_hundred_percent_whatever_the_parts_are()
    {
        var random = new Random(14);
        for (var i = 0; i < 500; i++)
        {
            var parts = Enumerable.Range(0, random.Next(1, 30)).Select(_ => (decimal)random.Next(0, 900)).Append(1).ToList();
            var shares = Concentration.Tenths(parts);
            shares.Sum().ShouldBe(1000);
            // no share is further than a tenth from the exact one
            shares.Zip(parts, (s, p) => Math.Abs(s - 1000 * p / parts.Sum())).Max().ShouldBeLessThan(1);
        }
        Concentration.Tenths([0, 0]).ShouldBe([0, 0]);
    }

    [Fact]
    public void A_district_has_the_same_share_on_every_page_however_it_sorts()
    {
        // 16 of 48 each third, and eighteen times one: remainders are equal, and somebody gets the last tenth
        var districts = Enumerable.Range(0, 18).Select(i => new Concentration.District(i, $"KV {(char)('A' + i)}", 1000, 1, 0, 1 + i % 3)).ToList();
        var one = Concentration.Of(districts).Rows.ToDictionary(r => r.Of.Name, r => (r.Points, r.Members, r.Inhabitants));
        var other = Concentration.Of([.. districts.OrderByDescending(d => d.Members).ThenByDescending(d => d.Name)]).Rows.ToDictionary(r => r.Of.Name, r => (r.Points, r.Members, r.Inhabitants));
        foreach (var (name, shares) in one) other[name].ShouldBe(shares, name);
    }

    private async Task<(string File, string Sentence)> SeenByAsync(int person)
    {
        var report = await house.UseAsync<Concentration, Concentration.Report>(person, async c => await c.OfAsync((await c.RootsAsync())[0].Id));
        return (Concentration.Write(report) + report.Members, Concentration.Sentence(report));
    }

    [Fact]
    public async Task Points_staff_and_members_stand_beside_the_population_and_a_small_number_cannot_be_computed()
    {
        var people = new List<int>();
        for (var i = 0; i < 12; i++) await house.MemberAsync("kreis-14612", $"Dresden {i}");
        for (var i = 0; i < 8; i++) await house.MemberAsync("kreis-14713", $"Leipzig {i}");
        for (var i = 0; i < 4; i++) people.Add(await house.MemberAsync("kreis-14626", $"Görlitz {i}"));
        await house.TellAsync("update organisation.office set staff = true where name in ('Landesgeschäftsführung', 'Protokollführung')");
        await house.TellAsync("insert into presence.contact_point (division_id, kind_id, name, slug, ags, opened_on) select id, 'party-office', 'Büro Görlitz', 'buero-goerlitz-x', '14626110', current_date - 9 from organisation.division where slug = 'kreis-14626'");
        var open = await SeenByAsync(house.StateManager);
        open.File.ShouldContain("\"SV Dresden\";");
        // both posts of the state stand where it has its seat
        open.File.Split("\r\n").ShouldContain(l => l.StartsWith("\"SV Dresden\";", StringComparison.Ordinal) && l.Contains(";2;100,0 %;12;50,0 %"));
        open.File.Split("\r\n").ShouldContain(l => l.StartsWith("\"KV Görlitz\";", StringComparison.Ordinal) && l.Contains(";1;100,0 %;0;0,0 %;4;16,7 %"));
        open.Sentence.ShouldMatch("^In SV Dresden und SV Leipzig leben [0-9]+,[0-9] % der Menschen und 83,3 % der Mitglieder; dort sind 0,0 % der Anlaufstellen und 100,0 % der Hauptamtlichen.$");
        // whoever sees no persons is told the same whether there are one or four
        var hidden = await SeenByAsync(house.MinuteTaker);
        hidden.File.Split("\r\n").ShouldContain(l => l.StartsWith("\"KV Görlitz\";", StringComparison.Ordinal) && l.EndsWith(";unter 5;–", StringComparison.Ordinal));
        hidden.File.ShouldContain("Kreise mit unter 5 zusammen");
        foreach (var person in people.Skip(1))
        {
            await house.TellAsync("update members.party_membership set state = 'left', left_on = current_date, left_reason = 'resigned' where person_id = @person", new { person });
            (await SeenByAsync(house.MinuteTaker)).ShouldBe(hidden);
        }
        (await SeenByAsync(house.StateManager)).ShouldNotBe(open);
        // a district compares nobody
        (await house.UseAsync<Concentration, IReadOnlyList<(int, string, string)>>(house.DistrictChair, c => c.RootsAsync())).ShouldBeEmpty();
        var root = await house.DivisionAsync("sachsen");
        (await house.UseAsync<Concentration, Concentration.Report>(house.DistrictChair, c => c.OfAsync(root))).Rows.ShouldBeEmpty();
    }
}
