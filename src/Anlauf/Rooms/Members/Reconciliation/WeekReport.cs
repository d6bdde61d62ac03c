using System.Globalization;
using Anlauf.Platform.Database;
using Anlauf.Platform.Hosting;
using Anlauf.Platform.Mail;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>The week of reconciliation in numbers: on its page, and as a letter to those who exchange the files. Names stand in neither.</summary>
public sealed class WeekReport(Db db, Outbox outbox, Settings settings, TimeProvider clock)
{
    /// <summary>Setting with the days after which a file is overdue; two weeks until somebody sets it.</summary>
    public const string FileEvery = "members.file-every-days";

    /// <param name="Files">Files read in within seven days.</param>
    /// <param name="Missing">Members with a number whom the latest file does not name.</param>
    /// <param name="Faulty">Lines of the latest file that could not be read.</param>
    /// <param name="Duplicates">Proposals nobody has looked at.</param>
    /// <param name="Undecided">Files that wait for somebody: a preview, or one that stopped.</param>
    /// <param name="LastOn">Day of the latest file; null where none ever came.</param>
    public sealed record Week(int NewPersons, int Changed, int Files, int Missing, int Faulty, int Duplicates, int Undecided, DateOnly? LastOn)
    {
        /// <summary>Member numbers that two people bear, both of whom the acting person sees.</summary>
        public int Clashes { get; init; }

        /// <summary>Days since the latest file beyond those agreed; null where it is in time.</summary>
        public int? Overdue(DateOnly today, int every) => LastOn is { } day && today.DayNumber - day.DayNumber - every is > 0 and var late ? late : null;
    }

    /// <summary>A member number that two people bear.</summary>
    public sealed record Clash(string Number, int FirstId, string First, string FirstDivision, int SecondId, string Second, string SecondDivision);

    private sealed record Reader(int DivisionId, string Division, int PersonId, string Email);
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>The week of a division and those below it; null where the acting person does not keep its memberships.</summary>
    public async Task<Week?> OfAsync(int division, CancellationToken ct = default) => await db.SingleAsync<Week>("""
        select new_persons, changed, files, missing, faulty, duplicates, undecided, last_on from members.week_of(@division) where files is not null
        """, new { division }, ct) is { } week ? week with { Clashes = (await ClashesAsync(division, ct)).Count } : null;

    /// <summary>Numbers that two people of a division bear, at most a hundred. Whoever sees one of them alone learns nothing of it.</summary>
    public Task<IReadOnlyList<Clash>> ClashesAsync(int division, CancellationToken ct = default) => db.QueryAsync<Clash>("""
        select a.member_number as number, p.id as first_id, p.given_name || ' ' || p.family_name as first, dp.name as first_division, q.id as second_id, q.given_name || ' ' || q.family_name as second, dq.name as second_division
        from members.party_membership a join members.party_membership b on b.member_number = a.member_number and b.person_id > a.person_id
        join organisation.division_closure ca on ca.descendant_id = a.division_id and ca.ancestor_id = @division join organisation.division_closure cb on cb.descendant_id = b.division_id and cb.ancestor_id = @division
        join organisation.person p on p.id = a.person_id join organisation.person q on q.id = b.person_id
        join organisation.division dp on dp.id = a.division_id join organisation.division dq on dq.id = b.division_id order by 1, 2, 5 limit 100
        """, new { division }, ct);

    /// <summary>Days after which a file is overdue.</summary>
    public async Task<int> EveryAsync(CancellationToken ct = default) => int.TryParse(await settings.GetAsync(FileEvery, ct), NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : 14;

    /// <summary>Puts the letters of the week into the outbox; how many. Where no file ever came nobody is written to.</summary>
    public async Task<int> WriteAsync(CancellationToken ct = default)
    {
        var (today, every, written) = (DateOnly.FromDateTime(clock.GetLocalNow().Date), await EveryAsync(ct), 0);
        foreach (var place in (await db.QueryAsync<Reader>("select division_id, division, person_id, email from members.reconcilers()", ct: ct)).GroupBy(r => (r.DivisionId, r.Division)))
        {
            if (await OfAsync(place.Key.DivisionId, ct) is not { LastOn: not null } week) continue;
            var address = outbox.AddressOf($"/menschen/abgleich?gliederung={place.Key.DivisionId}");
            foreach (var reader in place)
                if ((await outbox.PutAsync(reader.Email, $"Abgleich der Woche: {place.Key.Division}", Text(week, today, every, address), reader.PersonId, ct)).Done) written++;
        }
        return written;
    }

    /// <summary>The letter.</summary>
    internal static string Text(Week week, DateOnly today, int every, string? address) => string.Join("\n\n", new[]
    {
        Sentence(week),
        string.Join('\n', Rows(week).Select(r => $"{r.Name}: {r.N.ToString("N0", German)}")),
        week.Overdue(today, every) is { } late ? $"Die letzte Datei kam am {week.LastOn:d.M.yyyy}. Vereinbart sind {every} Tage; sie ist seit {(late == 1 ? "einem Tag" : $"{late} Tagen")} überfällig." : $"Die letzte Datei kam am {week.LastOn:d.M.yyyy}.",
        address is null ? "Der Bericht steht unter Menschen, Einlesen, Abgleich der Woche." : $"Zum Bericht: {address}",
    });

    /// <summary>What happened, in one sentence.</summary>
    public static string Sentence(Week week) => week.Files == 0 ? "In den letzten sieben Tagen kam keine Datei."
        : $"In den letzten sieben Tagen {(week.Files == 1 ? "kam eine Datei" : $"kamen {week.Files} Dateien")}: {(week.NewPersons == 1 ? "ein Mensch" : $"{week.NewPersons.ToString("N0", German)} Menschen")} neu, {week.Changed.ToString("N0", German)} geändert.";

    /// <summary>The numbers with their names, in the order of page and letter.</summary>
    public static IReadOnlyList<(string Name, int N)> Rows(Week week) =>
    [
        ("Neu in sieben Tagen", week.NewPersons), ("Geändert in sieben Tagen", week.Changed), ("Fehlen in der letzten Datei", week.Missing), ("Nicht lesbare Zeilen der letzten Datei", week.Faulty),
        ("Mögliche Doppelungen, offen", week.Duplicates), ("Dateien, über die noch niemand entschieden hat", week.Undecided), ("Mitgliedsnummern, die zwei Menschen tragen", week.Clashes),
    ];
}

/// <summary>Writes the letters on Mondays, before the office opens.</summary>
internal sealed class WeeklyLetter(IServiceScopeFactory scopes, TimeProvider clock, ILogger<WeeklyLetter> log) : NightlyWork(scopes, clock, log, new(5, 30), 0x416267_6C) // "Abgl"
{
    private readonly TimeProvider time = clock;

    /// <inheritdoc/>
    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        if (time.GetLocalNow().DayOfWeek == DayOfWeek.Monday) await services.GetRequiredService<WeekReport>().WriteAsync(ct);
    }
}
