using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.SelfService.Own;

/// <summary>Clubs, initiatives and unions: entered by the person alone, hidden until they show them (L10).</summary>
public sealed class KeepTies(Db db)
{
    public sealed class Input
    {
        /// <summary>One name a line.</summary>
        public string? Hidden { get; set; }
        /// <summary>Those that whoever sees the person may see.</summary>
        public string? Shown { get; set; }
    }

    /// <summary>Replaces them by what the form says; a name in both fields is shown.</summary>
    public Task<Outcome<int>> HandleAsync(int person, Input input, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        var (shown, hidden) = (Lines(input.Shown), Lines(input.Hidden));
        foreach (var (lines, field) in new[] { (hidden, nameof(Input.Hidden)), (shown, nameof(Input.Shown)) })
        {
            if (lines.Length > 20) return new Refusal("Höchstens 20 Zeilen", field);
            if (Array.Find(lines, l => l.Length > 120) is { } tooLong) return new Refusal($"„{tooLong[..30]} …“ ist zu lang: höchstens 120 Zeichen je Zeile", field);
        }
        hidden = [.. hidden.Except(shown)];
        await db.ExecuteAsync("delete from members.tie where person_id = @person and name <> all (@names)", new { person, names = shown.Concat(hidden).ToArray() }, ct);
        await db.ExecuteAsync("""
            insert into members.tie (person_id, name, shown) select @person, n, n = any (@shown) from unnest(@names) n on conflict (person_id, name) do update set shown = excluded.shown
            """, new { person, shown, names = shown.Concat(hidden).ToArray() }, ct);
        return person;
    }, ct);

    private static string[] Lines(string? text) => [.. (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
