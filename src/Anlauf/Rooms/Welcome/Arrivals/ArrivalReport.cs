using System.Globalization;
using System.Text;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Platform.Documents;
using Anlauf.Platform.Privacy;

namespace Anlauf.Rooms.Welcome.Arrivals;

/// <summary>How long each step takes and what the work costs, by district: small numbers stay hidden, nobody is named.</summary>
public sealed class ArrivalReport(Db db)
{
    /// <param name="Of">Arrivals of the last twelve months with this step.</param>
    /// <param name="Median">Days until half of them had it; those who wait count with today.</param>
    /// <param name="P90">Days until nine of ten had it.</param>
    /// <param name="Promised">Days promised, the most there are among them.</param>
    public sealed record Pace(string District, string Step, int Of, int Median, int P90, int Promised)
    {
        /// <summary>Too few to say anything without telling about somebody.</summary>
        public bool Hidden => Of < SmallCounts.Least;
        /// <summary>Takes longer than promised.</summary>
        public bool IsLate => !Hidden && (Median > Promised || P90 > Promised);
    }

    /// <param name="Calls">First calls that are not made.</param>
    /// <param name="Contacts">Those who welcome there.</param>
    public sealed record Load(string District, int Calls, int Minutes, int Contacts)
    {
        /// <summary>Hours for all of them.</summary>
        public decimal Hours => Calls * Minutes / 60m;
    }

    /// <summary>How many cases, in words; the sum is made of what is shown, so that it tells no hidden number.</summary>
    public static string Cases(IReadOnlyCollection<Pace> all, Pace pace) => pace.District.Length > 0 ? SmallCounts.Of(pace.Of) : SmallCounts.Sum(all.Where(p => p.District.Length > 0 && p.Step == pace.Step).Select(p => SmallCounts.Shown(p.Of)));

    private const string District = "coalesce(t.label, d.short_name)";

    /// <summary>Days for each step by district, the district alphabetically and steps in their order; „“ is all together.</summary>
    public Task<IReadOnlyList<Pace>> PacesAsync(DateOnly today, CancellationToken ct = default) => db.QueryAsync<Pace>($"""
        with step as materialized (
          select {District} as district, s.step, coalesce(s.done_on, @today) - a.received_on as days, s.promised_on - a.received_on as promised
          from welcome.arrival a join welcome.step s on s.arrival_id = a.id join organisation.division d on d.id = a.division_id
          left join territory.municipality m on m.ags = a.area_key left join territory.district t on t.key = m.district_key
          where a.received_on > @today - 365 and (s.done_on is not null or a.closed_on is null))
        select coalesce(district, '') as district, step, count(*)::int as of, percentile_disc(0.5) within group (order by days)::int as median, percentile_disc(0.9) within group (order by days)::int as p90, max(promised)::int as promised
        from step group by grouping sets ((district, step), (step)) order by district collate "de-x-icu" nulls first, max(promised), step
        """, new { today }, ct);

    /// <summary>First calls that are not made and what they take, by district, the most first.</summary>
    public Task<IReadOnlyList<Load>> LoadsAsync(CancellationToken ct = default) => db.QueryAsync<Load>($"""
        select x.* from (select {District} collate "C" as district, count(*)::int as calls, max(r.days) as minutes, count(distinct a.contact_person_id)::int as contacts
        from welcome.arrival a join organisation.division d on d.id = a.division_id join welcome.days_by_division('minutes') r on r.division_id = d.id left join territory.municipality m on m.ags = a.area_key left join territory.district t on t.key = m.district_key
        where a.closed_on is null and a.declined_on is null and exists (select from welcome.step s where s.arrival_id = a.id and s.done_on is null and s.step = 'first-contact')
        group by 1) x order by calls desc, district collate "de-x-icu"
        """, ct: ct);

    internal static string Write(IReadOnlyCollection<Pace> paces)
    {
        var text = new StringBuilder("\uFEFFKreis;Schritt;Fälle;Median in Tagen;90 Prozent in Tagen;versprochen\r\n");
        foreach (var p in paces)
            text.Append(CultureInfo.InvariantCulture, $"{CsvCell.Of(p.District.Length == 0 ? "zusammen" : p.District)};{StepWords.Name(p.Step)};{Cases(paces, p)};{(p.Hidden ? "" : p.Median)};{(p.Hidden ? "" : p.P90)};{p.Promised}\r\n");
        return text.ToString();
    }

    internal static string Write(IEnumerable<Load> loads)
    {
        var text = new StringBuilder("\uFEFFKreis;offene erste Anrufe;Minuten je Anruf;Stunden;Ansprechpersonen\r\n");
        foreach (var l in loads) text.Append(CultureInfo.InvariantCulture, $"{CsvCell.Of(l.District)};{l.Calls};{l.Minutes};{l.Hours.ToString("0.0", CultureInfo.GetCultureInfo("de-DE"))};{l.Contacts}\r\n");
        return text.ToString();
    }

    internal static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/menschen/ankommen/bericht.csv", async (HttpContext http, ArrivalReport report, TimeProvider clock) =>
            Results.Text(http.Request.Query["teil"] == "aufwand" ? Write(await report.LoadsAsync(http.RequestAborted)) : Write(await report.PacesAsync(DateOnly.FromDateTime(clock.GetLocalNow().Date), http.RequestAborted)), "text/csv; charset=utf-8", Encoding.UTF8))
            .RequireAuthorization(WelcomePermissions.Edit).WithMetadata(new GivesFileAttribute());
}
