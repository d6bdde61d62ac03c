using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Meetings.Minutes;

/// <summary>Who may read a part of the minutes, in words.</summary>
public static class Levels
{
    /// <summary>From the closest to the widest circle.</summary>
    public static (string Value, string Text)[] All { get; } = [("internal", "intern"), ("members", "mitgliederöffentlich"), ("public", "öffentlich")];

    /// <summary>„mitgliederöffentlich“.</summary>
    public static string Word(string level) => Array.Find(All, l => l.Value == level).Text ?? level;

    /// <summary>True where something of this level stands in an extract for <paramref name="readers"/>.</summary>
    public static bool Opens(string level, string readers) => Rank(level) >= Rank(readers);

    private static int Rank(string level) => Array.FindIndex(All, l => l.Value == level);
}

/// <summary>Sets who may read an item or a note, in one click; and writes notes.</summary>
public sealed class SetLevel(Db db, Actor actor)
{
    private static readonly Refusal NotYours = new("Die Niederschrift dieser Sitzung führt eine andere Gliederung");

    /// <summary>Level of an agenda item; it holds for what was decided under it.</summary>
    public Task<Outcome<bool>> OfItemAsync(int meeting, int item, string? level, CancellationToken ct = default) => SetAsync("meetings.agenda_item", meeting, item, level, ct);

    /// <summary>Level of a note.</summary>
    public Task<Outcome<bool>> OfNoteAsync(int meeting, int note, string? level, CancellationToken ct = default) => SetAsync("meetings.note", meeting, note, level, ct);

    private async Task<Outcome<bool>> SetAsync(string table, int meeting, int id, string? level, CancellationToken ct)
    {
        if (Levels.All.All(l => l.Value != level)) return new Refusal("Wählen Sie intern, mitgliederöffentlich oder öffentlich");
        return await db.ExecuteAsync($"update {table} set level = @level where id = @id and meeting_id = @meeting and division_id = any ((select access.editable_divisions('P1', 'meetings'))::integer[])", new { meeting, id, level }, ct) == 1 ? true : NotYours;
    }

    /// <summary>A note to write.</summary>
    public sealed class Note
    {
        public int? AgendaItemId { get; set; }
        [Required(ErrorMessage = "Schreiben Sie die Notiz"), MaxLength(8000, ErrorMessage = "Die Notiz ist zu lang: höchstens 8.000 Zeichen")] public string Text { get; set; } = "";
        public string Level { get; set; } = "internal";
    }

    /// <summary>Writes a note to a meeting or one of its items; internal unless it says otherwise.</summary>
    public async Task<Outcome<int>> WriteAsync(int meeting, Note note, CancellationToken ct = default)
    {
        if (Levels.All.All(l => l.Value != note.Level)) return new Refusal("Wählen Sie intern, mitgliederöffentlich oder öffentlich", nameof(Note.Level));
        if (note.AgendaItemId is not null && !await db.ScalarAsync<bool>("select exists (select from meetings.agenda_item where id = @AgendaItemId and meeting_id = @meeting)", new { note.AgendaItemId, meeting }, ct)) return new Refusal("Wählen Sie einen Punkt dieser Sitzung", nameof(Note.AgendaItemId));
        return await db.ScalarAsync<int?>("""
            insert into meetings.note (meeting_id, agenda_item_id, division_id, text, level, created_by)
            select m.id, @AgendaItemId, m.division_id, @text, @Level, @by from meetings.meeting m where m.id = @meeting and m.division_id = any ((select access.editable_divisions('P1', 'meetings'))::integer[]) returning id
            """, new { meeting, note.AgendaItemId, text = note.Text.Trim(), note.Level, by = actor.PersonId }, ct) is { } id ? id : NotYours;
    }
}
