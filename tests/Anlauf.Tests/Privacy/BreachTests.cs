using Anlauf.Platform;
using Anlauf.Rooms.Privacy.Breaches;

namespace Anlauf.Tests.Privacy;

/// <summary>The clock of 72 hours.</summary>
public sealed class BreachTests(AssociationDatabase association) : IClassFixture<AssociationDatabase>
{
    private int Officer => association.Persons["data-protection-officer"];
    private Task<Outcome<int>> SaveAsync(BreachRegister.Input input, int? by = null) => association.UseAsync<BreachRegister, Outcome<int>>(by ?? Officer, r => r.SaveAsync(input));

    private async Task<BreachRegister.Input> InputAsync(int hoursAgo) => new() { DivisionId = await association.DivisionAsync("kreis-14522"), Title = "Liste an falsche Adresse", NoticedAt = DateTime.UtcNow.InGermany().AddHours(-hoursAgo) };

    [Fact]
    public async Task The_clock_runs_from_the_moment_somebody_noticed()
    {
        var id = (await SaveAsync(await InputAsync(10))).Value;
        var breach = (await association.UseAsync<BreachRegister, BreachRegister.Row?>(Officer, r => r.FindAsync(id)))!;
        BreachWords.Clock(breach, DateTimeOffset.Now).ShouldBe("noch 61 Stunden");
        breach.IsLate(DateTimeOffset.Now).ShouldBeFalse();
        breach.IsLate(DateTimeOffset.Now.AddHours(63)).ShouldBeTrue();
        BreachWords.Clock(breach, DateTimeOffset.Now.AddHours(64)).ShouldContain("überfällig");
    }

    [Fact]
    public async Task A_late_report_needs_a_reason_and_a_high_risk_the_persons()
    {
        var input = await InputAsync(100);
        input.ReportedAt = DateTime.UtcNow.InGermany();
        (await SaveAsync(input)).Refusal!.Message.ShouldContain("72 Stunden");
        input.Explanation = "Erst die Rückfrage beim Dienstleister brachte Gewissheit";
        (input.Risk, input.Closed) = ("high", true);
        (await SaveAsync(input)).Refusal!.Field.ShouldBe("PersonsToldAt");
        input.PersonsToldAt = DateTime.UtcNow.InGermany();
        (await SaveAsync(input)).Done.ShouldBeTrue();
    }

    [Fact]
    public async Task A_breach_is_not_closed_without_judging_its_risk()
    {
        var input = await InputAsync(1);
        input.Closed = true;
        (await SaveAsync(input)).Refusal!.Field.ShouldBe("Risk");
        input.Risk = "none";
        (await SaveAsync(input)).Refusal!.Field.ShouldBe("Explanation");
        input.Risk = "risk";
        (await SaveAsync(input)).Refusal!.Field.ShouldBe("ReportedAt");
    }

    [Fact]
    public async Task Nobody_but_the_officer_enters_or_reads_breaches()
    {
        (await SaveAsync(await InputAsync(1))).Done.ShouldBeTrue();
        (await SaveAsync(await InputAsync(1), association.DistrictChair)).Refusal!.Message.ShouldContain("nicht zu Ihrem Bereich");
        (await association.UseAsync<BreachRegister, IReadOnlyList<BreachRegister.Row>>(association.StateManager, r => r.ListAsync())).ShouldBeEmpty();
    }
}
