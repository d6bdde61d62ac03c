using Anlauf.Platform;
using Anlauf.Rooms.Situation.Figures;
using Anlauf.Rooms.Situation.Gaps;
using Anlauf.Rooms.Situation.Profiles;
using Anlauf.Rooms.Territory;
using Microsoft.Extensions.DependencyInjection;

namespace Anlauf.Tests.Situation;

/// <summary>Figures entered by hand and what is estimated for a district (requirements A15, J3, J10).</summary>
public sealed class FigureTests(AssociationDatabase house) : IClassFixture<AssociationDatabase>
{
    private Task<Outcome<string>> EnterAsync(SaveFigure.Input input, int? by = null) => house.UseAsync<SaveFigure, Outcome<string>>(by ?? house.StateManager, s => s.HandleAsync(input));

    private async Task<SaveFigure.Input> WomenAsync(string area = "Sachsen") => new()
    {
        DivisionId = await house.DivisionAsync("sachsen"),
        Area = area,
        Title = "Frauen in den Räten",
        Value = "19,4",
        Unit = "%",
        Numerator = 194,
        Denominator = 1000,
        Source = "Beschluss vom 3. Juni 2023",
        AsOf = new(2023, 6, 3),
        OwnNumerator = 130,
        OwnDenominator = 380,
        OwnSource = "eigene Zählung",
        OwnAsOf = new(2026, 11, 1),
    };

    [Fact]
    public async Task A_baseline_stands_beside_the_own_figure_with_the_gap()
    {
        (await EnterAsync(await WomenAsync())).Value.ShouldBe("14");
        var shown = (await house.UseAsync<ComparisonFigures, IReadOnlyList<Comparison>>(house.DistrictChair, c => c.ReadAsync("14"))).ShouldHaveSingleItem();
        (shown.Value, shown.Own, shown.Gap, shown.Source, shown.AsOf).ShouldBe((19.4m, 34.2m, 14.8m, "Beschluss vom 3. Juni 2023", new DateOnly(2023, 6, 3)));
    }

    [Fact]
    public async Task A_figure_without_source_day_or_sense_is_refused_with_its_field()
    {
        var input = await WomenAsync();
        input.Value = "ungefähr ein Fünftel";
        (await EnterAsync(input)).Refusal!.Field.ShouldBe("Value");
        input.Value = "91,4";
        (await EnterAsync(input)).Refusal!.Message.ShouldBe("194 von 1000 sind 19,4 %, nicht 91,4 %. Eine der drei Zahlen stimmt nicht");
        (input.Value, input.Denominator) = ("19,4", null);
        (await EnterAsync(input)).Refusal!.Field.ShouldBe("Denominator");
        (input.Numerator, input.Area) = (null, "Atlantis");
        (await EnterAsync(input)).Refusal!.Message.ShouldContain("gibt es nicht");
        input.Area = "Leipzig";
        (await EnterAsync(input)).Refusal!.Message.ShouldContain("gibt es mehrmals");
        (input.Area, input.OwnSource) = ("14", null);
        (await EnterAsync(input)).Refusal!.Field.ShouldBe("OwnSource");
    }

    [Fact]
    public async Task A_district_speaks_for_its_own_area_and_changes_no_figure_of_others()
    {
        var own = await house.DivisionAsync("kreis-14522");
        var input = await WomenAsync("Hainichen");
        (await EnterAsync(input, house.DistrictChair)).Refusal!.Field.ShouldBe("DivisionId");
        await house.TellAsync("insert into access.role_right values ('district-chair', 'goals', 'edit', 'P1', 'subtree') on conflict do nothing");
        input.DivisionId = own;
        (await EnterAsync(input, house.DistrictChair)).Value.ShouldBe("14522230");
        input.Area = "Erzgebirgskreis";
        (await EnterAsync(input, house.DistrictChair)).Refusal!.Message.ShouldBe("Dieses Gebiet gehört nicht zur gewählten Gliederung");
        await EnterAsync(await WomenAsync("Pirna"));
        var foreign = (await house.UseAsync<ComparisonFigures, IReadOnlyList<ComparisonFigures.Entered>>(house.DistrictChair, c => c.EnteredAsync("14628270"))).ShouldHaveSingleItem();
        foreign.MayEdit.ShouldBeFalse();
        (await house.UseAsync<SaveFigure, bool>(house.DistrictChair, s => s.RemoveAsync(foreign.Id))).ShouldBeFalse();
        (await house.UseAsync<SaveFigure, bool>(house.StateManager, s => s.RemoveAsync(foreign.Id))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_district_profile_shows_the_way_to_the_office_and_what_was_entered_with_source_and_day()
    {
        var input = await WomenAsync("14626");
        (input.Title, input.Value, input.Unit, input.Numerator, input.Denominator) = ("Büros anderer Parteien", "4", "Büros", null, null);
        (await EnterAsync(input)).Done.ShouldBeTrue();
        await using var scope = house.Scope(house.StateManager);
        var territory = scope.ServiceProvider.GetRequiredService<TerritoryDirectory>();
        var görlitz = (await territory.DistrictsAsync("14")).Single(d => d.Key == "14626");
        var figures = await scope.ServiceProvider.GetRequiredService<AreaProfile>().FiguresOfDistrictAsync(görlitz, await territory.MunicipalitiesAsync("14"));
        figures.Single(f => f.Title == "Büros anderer Parteien").ShouldBe(new Figure("Büros anderer Parteien", "4 Büros", null, "Beschluss vom 3. Juni 2023, 3.6.2023"));
        var way = figures.Single(f => f.Title == "Fahrzeit zur Landesgeschäftsstelle");
        // from Dresden to the people of the district: about 80 km as the crow flies
        int.Parse(way.Value.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(90, 120);
        way.Source.ShouldContain("geschätzt: Luftlinie nach Dresden");
    }

    [Theory]
    [InlineData(0, 40.0, 900, 3.0, 5.0, null, 0)]
    [InlineData(2, 12.0, 6_000, 6.0, 5.0, 1, 5)]
    [InlineData(20, 1.0, 60_000, 6.0, 5.0, 3, 10)]
    public void Where_to_begin_counts_people_help_and_what_can_be_won(int members, double kilometres, int population, double share, double middle, int? seats, int points) =>
        Priority.Of(members, kilometres, population, (decimal)share, (decimal)middle, seats).Points.ShouldBe(points);
}
