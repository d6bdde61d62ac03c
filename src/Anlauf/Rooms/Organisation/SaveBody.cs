using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Organisation;

/// <summary>Adds a body to a division, or changes its size rule and term.</summary>
public sealed class SaveBody(Db db)
{
    public sealed class Input
    {
        public int? Id { get; set; }
        public int DivisionId { get; set; }
        [Required] public string Kind { get; set; } = "Board";
        [Required(ErrorMessage = "Geben Sie dem Gremium einen Namen"), MaxLength(120, ErrorMessage = "Der Name ist zu lang: höchstens 120 Zeichen")] public string Name { get; set; } = "";
        [MaxLength(120, ErrorMessage = "Der Genitiv ist zu lang: höchstens 120 Zeichen")] public string? NameGenitive { get; set; }
        [Range(1, 9999, ErrorMessage = "Nennen Sie eine Zahl von 1 bis 9999")] public int? MinimumSize { get; set; }
        [Range(1, 9999, ErrorMessage = "Nennen Sie eine Zahl von 1 bis 9999")] public int? MaximumSize { get; set; }
        [Range(1, 999, ErrorMessage = "Nennen Sie eine Zahl von 1 bis 999")] public int? CurrentTerm { get; set; }
    }

    /// <summary>Writes the body; returns its id.</summary>
    public async Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default)
    {
        if (Words.BodyKinds.All(k => k.Value != input.Kind)) return new Refusal("Wählen Sie eine Art aus der Liste", nameof(Input.Kind));
        if (input.MaximumSize < input.MinimumSize) return new Refusal("Die größte Zahl ist kleiner als die kleinste. Prüfen Sie beide", nameof(Input.MaximumSize));
        var values = new { input.Id, input.DivisionId, input.Kind, name = input.Name.Trim(), input.NameGenitive, input.MinimumSize, input.MaximumSize, input.CurrentTerm, slug = $"{Slug.From(input.Name)}-{input.DivisionId}" };
        if (!await db.ScalarAsync<bool>("select @DivisionId = any ((select access.editable_divisions('P1', 'organisation'))::integer[])", values, ct)) return new Refusal("Gremien dieser Gliederung können Sie nicht ändern");
        if (await db.ScalarAsync<bool>("select exists (select from organisation.body where division_id = @DivisionId and lower(name) = lower(@name) and id is distinct from @Id)", values, ct))
            return new Refusal($"Ein Gremium „{input.Name}“ gibt es hier schon", nameof(Input.Name));
        return await db.ScalarAsync<int>(input.Id is null
            ? """
              insert into organisation.body (division_id, kind, name, name_genitive, slug, minimum_size, maximum_size, current_term)
              values (@DivisionId, @Kind, @name, @NameGenitive, @slug, @MinimumSize, @MaximumSize, @CurrentTerm) returning id
              """
            : """
              update organisation.body set kind = @Kind, name = @name, name_genitive = @NameGenitive, minimum_size = @MinimumSize, maximum_size = @MaximumSize, current_term = @CurrentTerm
              where id = @Id and division_id = @DivisionId returning id
              """, values, ct);
    }
}
