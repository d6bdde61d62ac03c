using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Members.Register;

/// <summary>Interests, skills and offers of a person: short words, one a line, as the person said them.</summary>
public sealed class KeepTraits(Db db)
{
    public sealed class Input
    {
        public int PersonId { get; set; }
        public string? Interests { get; set; }
        public string? Skills { get; set; }
        public string? Offers { get; set; }
    }

    /// <summary>Replaces them by what the form says.</summary>
    public Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default) => db.InTransactionAsync<Outcome<int>>(async () =>
    {
        foreach (var (kind, text, field) in new[] { ("interest", input.Interests, nameof(Input.Interests)), ("skill", input.Skills, nameof(Input.Skills)), ("offer", input.Offers, nameof(Input.Offers)) })
        {
            var labels = Lines(text);
            if (labels.Length > 20) return new Refusal("Höchstens 20 Zeilen", field);
            if (Array.Find(labels, l => l.Length > 80) is { } tooLong) return new Refusal($"„{tooLong[..30]} …“ ist zu lang: höchstens 80 Zeichen je Zeile", field);
            await db.ExecuteAsync("delete from members.trait where person_id = @PersonId and kind = @kind and label <> all (@labels)", new { input.PersonId, kind, labels }, ct);
            await db.ExecuteAsync("""
                insert into members.trait (person_id, kind, label) select @PersonId, @kind, unnest(@labels)
                where exists (select from organisation.person where id = @PersonId) on conflict do nothing
                """, new { input.PersonId, kind, labels }, ct);
        }
        return input.PersonId;
    }, ct);

    private static string[] Lines(string? text) => [.. (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
