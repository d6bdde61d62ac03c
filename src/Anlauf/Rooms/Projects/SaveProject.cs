using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Projects;

/// <summary>Opens a project or changes it, and puts things into it.</summary>
public sealed class SaveProject(Db db)
{
    public sealed class Input
    {
        public int? Id { get; set; }
        [Range(1, int.MaxValue, ErrorMessage = "Wählen Sie, wessen Projekt es ist")] public int DivisionId { get; set; }
        [Required(ErrorMessage = "Geben Sie dem Projekt einen Namen"), MaxLength(200, ErrorMessage = "Der Name ist zu lang: höchstens 200 Zeichen")] public string Title { get; set; } = "";
        [MaxLength(4000, ErrorMessage = "Der Zweck ist zu lang: höchstens 4.000 Zeichen")] public string? Purpose { get; set; }
        [Required(ErrorMessage = "Nennen Sie den ersten Tag")] public DateOnly? StartsOn { get; set; }
        public DateOnly? EndsOn { get; set; }
    }

    private static readonly Refusal NotYours = new("Dieses Projekt führt eine andere Gliederung");

    /// <summary>Writes the project; returns its id.</summary>
    public async Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default)
    {
        if (input.EndsOn < input.StartsOn) return new Refusal("Der letzte Tag liegt vor dem ersten", nameof(Input.EndsOn));
        if (!await db.ScalarAsync<bool>("select coalesce(@DivisionId = any (access.divisions_for('P1', 'projects', 'edit')), false)", input, ct)) return new Refusal("Für diese Gliederung können Sie kein Projekt führen", nameof(Input.DivisionId));
        var values = new { input.Id, input.DivisionId, title = input.Title.Trim(), purpose = input.Purpose?.Trim() ?? "", input.StartsOn, input.EndsOn };
        var id = await db.ScalarAsync<int?>(input.Id is null
            ? "insert into projects.project (division_id, title, purpose, starts_on, ends_on) values (@DivisionId, @title, @purpose, @StartsOn, @EndsOn) returning id"
            : "update projects.project set division_id = @DivisionId, title = @title, purpose = @purpose, starts_on = @StartsOn, ends_on = @EndsOn where id = @Id returning id", values, ct);
        return id is { } saved ? saved : NotYours;
    }

    /// <summary>Puts a task, date or paper of the project's division into it; twice is once.</summary>
    /// <param name="key">„task-17“, „meeting-3“, „paper-9“.</param>
    public async Task<Outcome<int>> AddAsync(int project, string? key, CancellationToken ct = default)
    {
        var parts = (key ?? "").Split('-');
        if (parts is not [("task" or "meeting" or "paper") and var kind, var number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return new Refusal("Wählen Sie eine Aufgabe, einen Termin oder eine Drucksache", "Key");
        // the thing is looked up with the rights of whoever adds it
        var added = await db.ExecuteAsync($"""
            insert into projects.item (project_id, {kind}_id) select p.id, x.id from projects.project p join meetings.{kind} x on x.division_id = p.division_id where p.id = @project and x.id = @id and projects.may_run(p.id) on conflict do nothing
            """, new { project, id }, ct);
        return added == 1 || await db.ScalarAsync<bool>($"select exists (select from projects.item where project_id = @project and {kind}_id = @id)", new { project, id }, ct) ? project : NotYours;
    }

    /// <summary>Takes something out of it.</summary>
    public async Task<Outcome<int>> RemoveAsync(int project, int item, CancellationToken ct = default) =>
        await db.ExecuteAsync("delete from projects.item where id = @item and project_id = @project", new { project, item }, ct) == 1 ? project : NotYours;
}
