using Anlauf.Platform.Database;
using Anlauf.Rooms.Members.Statutes;

namespace Anlauf.Tests.Members;

/// <summary>The way into a party by the rules its pack holds; the packs are read from the database as the program reads them.</summary>
public sealed class AdmissionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateOnly Received = new(2026, 3, 2);
    private static DateOnly Day(int month, int day) => new(2026, month, day);

    private async Task<PartyPack> PackAsync(string id)
    {
        await using var scope = database.AsSystem();
        var db = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Db>(scope.ServiceProvider);
        return PartyPack.From(id, id, await new PackRegister(db).RulesAsync(id, Received));
    }

    private async Task<(string State, DateOnly? Effective)> AtAsync(string pack, Course course, DateOnly today)
    {
        var standing = Admission.At(await PackAsync(pack), course, today);
        standing.Why.ShouldNotBeNullOrWhiteSpace();
        return (standing.State, standing.EffectiveOn);
    }

    [Fact]
    public async Task In_the_left_party_the_day_is_six_weeks_after_the_receipt_if_dues_are_paid_and_nobody_objects()
    {
        var course = new Course("member", Received, DuesPaidOn: Day(3, 10));
        (await AtAsync("linke", course, Day(4, 12))).ShouldBe(("awaiting-objection", Day(4, 13)));
        (await AtAsync("linke", course, Day(4, 13))).ShouldBe(("active", Day(4, 13)));
        Admission.At(await PackAsync("linke"), course, Day(4, 12)).GuestRights.ShouldBeTrue();
    }

    [Fact]
    public async Task In_the_left_party_nobody_is_a_member_before_the_first_dues()
    {
        (await AtAsync("linke", new("member", Received), Day(6, 1))).ShouldBe(("awaiting-objection", null));
        (await AtAsync("linke", new("member", Received, DuesPaidOn: Day(5, 20)), Day(5, 20))).ShouldBe(("active", Day(5, 20)));
    }

    [Fact]
    public async Task An_objection_in_time_asks_for_a_decision_and_one_too_late_changes_nothing()
    {
        var course = new Course("member", Received, DuesPaidOn: Received, ObjectedOn: Day(4, 13));
        (await AtAsync("linke", course, Day(5, 1))).ShouldBe(("awaiting-decision", null));
        (await AtAsync("linke", course with { ObjectedOn = Day(4, 14) }, Day(5, 1))).ShouldBe(("active", Day(4, 13)));
        (await AtAsync("linke", course with { DecidedOn = Day(5, 4), Accepted = false }, Day(5, 5))).ShouldBe(("refused", null));
        (await AtAsync("linke", course with { DecidedOn = Day(5, 4), Accepted = true }, Day(5, 5))).ShouldBe(("active", Day(5, 4)));
    }

    [Fact]
    public async Task In_the_social_democrats_a_month_of_silence_admits()
    {
        (await AtAsync("spd", new("member", Received), Day(4, 2))).ShouldBe(("awaiting-decision", Day(4, 2)));
        (await AtAsync("spd", new("member", Received), Day(4, 3))).ShouldBe(("active", Day(4, 2)));
        (await AtAsync("spd", new("member", Received, DecidedOn: Day(3, 20), Accepted: true), Day(3, 21))).ShouldBe(("active", Day(3, 20)));
        // a month from the last of January ends with the last of February
        (await AtAsync("spd", new("member", Day(1, 31)), Day(3, 1))).ShouldBe(("active", Day(2, 28)));
    }

    [Fact]
    public async Task In_the_christian_democrats_the_board_has_eight_weeks_and_four_more_with_notice()
    {
        (await AtAsync("cdu", new("member", Received), Day(4, 27))).State.ShouldBe("awaiting-decision");
        (await AtAsync("cdu", new("member", Received), Day(4, 28))).ShouldBe(("active", Day(4, 27)));
        (await AtAsync("cdu", new("member", Received, Extended: true), Day(5, 25))).ShouldBe(("awaiting-decision", Day(5, 25)));
        (await AtAsync("cdu", new("member", Received, Extended: true), Day(5, 26))).ShouldBe(("active", Day(5, 25)));
        // a guest is one at once, and for a year
        Admission.At(await PackAsync("cdu"), new("guest", Received), Day(3, 3)).ShouldSatisfyAllConditions(g => g.State.ShouldBe("active"), g => g.Until.ShouldBe(new DateOnly(2027, 3, 2)));
    }

    [Fact]
    public async Task In_the_greens_nothing_happens_by_waiting()
    {
        (await AtAsync("gruene", new("member", Received), Day(12, 31))).ShouldBe(("awaiting-decision", null));
        (await AtAsync("gruene", new("member", Received, DecidedOn: Day(6, 3), Accepted: true), Day(6, 3))).ShouldBe(("active", Day(6, 3)));
    }

    [Fact]
    public async Task Each_rule_of_a_pack_has_a_source_and_a_day_on_which_it_was_checked()
    {
        await using var scope = database.AsSystem();
        var register = new PackRegister(Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Db>(scope.ServiceProvider));
        var packs = await register.PacksAsync();
        packs.Select(p => p.Id).ShouldBe(["cdu", "gruene", "horizont", "linke", "spd"], ignoreOrder: true);
        foreach (var pack in packs)
        {
            var rules = await register.RulesAsync(pack.Id, Received);
            rules.ShouldAllBe(r => r.Source.Length > 0 && r.VerifiedOn.Year >= 2026);
            // no value that the program reads as something else than it says
            foreach (var rule in rules.Where(r => r.Id is "period" or "extension" or "retry" or "guest-ends" or "final-after")) Span.Parse(rule.Value).ShouldNotBeNull($"{pack.Id} {rule.Id}");
        }
        (await register.RulesAsync("linke", new(2017, 1, 1))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whatever_the_days_are_time_only_leads_forward()
    {
        // nobody who is a member becomes one again, and the effective day does not move once it is reached
        foreach (var id in new[] { "linke", "spd", "cdu", "gruene", "horizont" })
        {
            var pack = await PackAsync(id);
            for (var dues = 0; dues < 100; dues += 9)
            {
                var course = new Course("member", Received, DuesPaidOn: Received.AddDays(dues));
                DateOnly? since = null;
                for (var day = Received; day < Received.AddDays(200); day = day.AddDays(1))
                {
                    // on a day nobody knows of dues that are still to come
                    var known = course with { DuesPaidOn = course.DuesPaidOn <= day ? course.DuesPaidOn : null };
                    var now = Admission.At(pack, known, day);
                    if (since is not null) (now.State, now.EffectiveOn).ShouldBe(("active", since), $"{id} {dues} {day}");
                    if (now.State == "active") since = now.EffectiveOn;
                }
            }
        }
    }
}
