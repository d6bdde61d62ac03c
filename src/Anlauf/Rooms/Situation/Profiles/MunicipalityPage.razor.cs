using System.Net;
using Anlauf.Platform.Web.Components;
using Anlauf.Rooms.Territory;
using Anlauf.Rooms.Territory.Maps;
using Microsoft.AspNetCore.Components;

namespace Anlauf.Rooms.Situation.Profiles;

/// <summary>Profile of a municipality: what is there, what is missing, who looks after it, every figure with its source.</summary>
public sealed partial class MunicipalityPage
{
    private Municipality? place;
    private string district = "";
    private IReadOnlyList<(GoalCoverage State, AreaRow Row)> goals = [];
    private (GoalCoverage State, AreaRow Row)? open;
    private IReadOnlyList<SituationSentence.Piece> sentence = [];
    private IReadOnlyList<OwnResult> results = [];
    private IReadOnlyList<Figure> figures = [];
    private IReadOnlyList<Neighbour> neighbours = [];
    private IReadOnlyList<string> divisions = [];
    private readonly List<TimelineEntry> entries = [];
    private List<Crumb> crumbs = [];
    private TerritoryMap? map;
    private GoalCoverage? mapped;
    private bool mayAssign;

    [Parameter] public string Address { get; set; } = "";
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    // keys of kind as in the directory of Destatis
    private string Kind => place!.Kind switch { 60 => "Markt", 61 or 62 => "kreisfreie Stadt", 63 => "Stadt", _ => "Gemeinde" };

    protected override async Task OnInitializedAsync()
    {
        var ct = Http.RequestAborted;
        // the address may carry the name behind the key: /lage/gemeinden/14522230-hainichen
        if (Keys.Valid(Address.Split('-')[0]) is not { Length: 8 } key || await Territory.MunicipalityAsync(key, ct) is not { } found)
        {
            Navigation.NotFound();
            return;
        }
        district = found.DistrictKey is { } dk ? await Territory.NameAsync(dk, ct) ?? dk : "";
        crumbs = [new("Lage", "/lage"), .. found.DistrictKey is { } d ? [new Crumb(district, AreaLink.To(d, district))] : Array.Empty<Crumb>(), new(found.ShortName)];
        goals = await Profile.GoalsOfMunicipalityAsync(found, ct);
        open = goals.Where(g => g.Row.Standing is Standing.Missing or Standing.Unknown).Select(g => ((GoalCoverage, AreaRow)?)g).FirstOrDefault();
        int Count(Standing s) => goals.Count(g => g.Row.Standing == s);
        sentence = ProfileSentence.OfMunicipality(found.ShortName, Count(Standing.Reached), Count(Standing.UnderWay), Count(Standing.Missing), Count(Standing.Unknown));
        results = await Profile.ResultsAsync(key, ct);
        figures = await Profile.FiguresOfMunicipalityAsync(found, ct);
        divisions = await Profile.DivisionsAsync(key, ct);
        mayAssign = await Rights.HoldsAsync(SituationPermissions.Assign, ct);
        if (goals.Select(g => g.State.Goal).FirstOrDefault(g => g.Level == "municipality") is { } leading)
        {
            mapped = await Coverage.MeasureAsync(leading, found.DistrictKey, ct);
            neighbours = await Profile.NeighboursAsync(found, leading, ct);
        }
        map = found.DistrictKey is { } inside ? await Maps.GetAsync(inside, ct: ct) : null;
        await ReadHistoryAsync(key, found.DistrictKey, ct);
        place = found;
    }

    private async Task ReadHistoryAsync(string key, string? districtKey, CancellationToken ct)
    {
        var dated = new List<(DateOnly On, TimelineEntry Entry)>();
        void Add(DateOnly on, string text, StepTime time, bool deadline = false) => dated.Add((on, new(on.ToString("ddd d.M.yyyy", Wording.German), (MarkupString)WebUtility.HtmlEncode(text), time, deadline)));
        foreach (var (state, _) in goals)
        {
            if (state.Goal.Due is { } due) Add(due, $"Frist: {state.Goal.Title}", StepTime.Coming, deadline: true);
            Add(state.Goal.StartedOn, $"Ziel „{state.Goal.Title}“" + (state.Goal.ResolutionNumber is { } number ? $" durch Beschluss {number}" : ""), StepTime.Past);
        }
        foreach (var a in (await Assignments.OfAreaAsync(key, ct)).Concat(districtKey is null ? [] : await Assignments.OfAreaAsync(districtKey, ct)))
        {
            Add(DateOnly.FromDateTime(a.CreatedAt), $"{a.Division} übernimmt: {a.Goal}", a.State == "open" ? StepTime.Here : StepTime.Past);
            if (a.State == "open") Add(a.Due, $"{a.Division} bis hierhin: {a.Goal}", StepTime.Coming);
            if (a.EndedAt is { } ended) Add(DateOnly.FromDateTime(ended), (a.State == "done" ? "Auftrag erledigt" : "Auftrag zurückgegeben") + (a.LastReport is { } said ? ": " + said : ""), StepTime.Past);
        }
        entries.AddRange(dated.OrderByDescending(e => e.On).Select(e => e.Entry).Take(12));
    }

    private static string Amount(decimal? value, IIndicator indicator) => value switch
    {
        null => indicator.HidesSmall ? "weniger als fünf " + indicator.Unit.Many : "keine Angabe",
        0 => "nichts",
        1 => "1 " + indicator.Unit.One,
        var v => $"{Wording.Number(v.Value)} {indicator.Unit.Many}",
    };

    private static string Share(decimal? share) => share is { } s ? Wording.Percent(s) : "–";
}
