using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Territory;

namespace Anlauf.Rooms.Organisation;

/// <summary>Adds a division, renames it, moves it below another one, or dissolves it.</summary>
public sealed class SaveDivision(Db db, TerritoryDirectory territory)
{
    public sealed class Input
    {
        public int? Id { get; set; }
        public int? ParentId { get; set; }
        [Required] public string Kind { get; set; } = "LocalAssociation";
        [Required(ErrorMessage = "Geben Sie der Gliederung einen Namen"), MaxLength(120, ErrorMessage = "Der Name ist zu lang: höchstens 120 Zeichen")] public string Name { get; set; } = "";
        [MaxLength(40, ErrorMessage = "Die Kurzform ist zu lang: höchstens 40 Zeichen")] public string? ShortName { get; set; }
        public string? Area { get; set; }
        /// <summary>Municipality of the office, by name or key.</summary>
        public string? Seat { get; set; }
        public DateOnly? DissolvedOn { get; set; }
    }

    /// <summary>Writes the division; returns its address.</summary>
    public async Task<Outcome<string>> HandleAsync(Input input, CancellationToken ct = default)
    {
        if (Words.DivisionKinds.All(k => k.Value != input.Kind)) return new Refusal("Wählen Sie eine Art aus der Liste", nameof(Input.Kind));
        if (input.Id is null && input.ParentId is null) return new Refusal("Wählen Sie, zu welcher Gliederung die neue gehört", nameof(Input.ParentId));
        if (input.ParentId is { } parent && input.Id is { } self && await db.ScalarAsync<bool>("select exists (select from organisation.division_closure where ancestor_id = @self and descendant_id = @parent)", new { self, parent }, ct))
            return new Refusal("Eine Gliederung kann nicht unter sich selbst liegen. Wählen Sie eine andere", nameof(Input.ParentId));
        var touched = input.Id ?? input.ParentId;
        if (!await db.ScalarAsync<bool>("select @touched = any ((select access.editable_divisions('P1', 'organisation'))::integer[]) and (@ParentId::int is null or @ParentId = any ((select access.editable_divisions('P1', 'organisation'))::integer[]))", new { touched, input.ParentId }, ct))
            return new Refusal("Diese Gliederung können Sie nicht ändern", nameof(Input.ParentId));
        string? area = null;
        if (!string.IsNullOrWhiteSpace(input.Area))
        {
            var (found, refusal) = await territory.AreaNamedAsync(input.Area, ct);
            if (found is null) return refusal! with { Field = nameof(Input.Area) };
            area = found;
        }
        string? seat = null;
        if (!string.IsNullOrWhiteSpace(input.Seat))
        {
            var (found, refusal) = await territory.NamedAsync(input.Seat, ct);
            if (found is null) return refusal! with { Field = nameof(Input.Seat) };
            seat = found.Ags;
        }
        return await db.InTransactionAsync<Outcome<string>>(async () =>
        {
            var values = new { input.Id, input.ParentId, input.Kind, name = input.Name.Trim(), shortName = string.IsNullOrWhiteSpace(input.ShortName) ? input.Name.Trim() : input.ShortName.Trim(), input.DissolvedOn, seat, slug = await db.FreeSlugAsync("organisation.division", Slug.From(input.Name), ct: ct) };
            if (input.Id is null) await db.ExecuteAsync("insert into organisation.division (parent_id, kind, name, short_name, slug, seat_ags) values (@ParentId, @Kind, @name, @shortName, @slug, @seat)", values, ct);
            else await db.ExecuteAsync("update organisation.division set parent_id = coalesce(@ParentId, parent_id), kind = @Kind, name = @name, short_name = @shortName, dissolved_on = @DissolvedOn, seat_ags = @seat where id = @Id", values, ct);
            var slug = input.Id is null ? values.slug : (await db.ScalarAsync<string>("select slug from organisation.division where id = @Id", input, ct))!;
            if (area is not null && !await db.ScalarAsync<bool>("select d.id in (select division_id from organisation.division_area where area_key = @area) or organisation.may_set_area(d.id, @area) from organisation.division d where d.slug = @slug", new { slug, area }, ct))
                return new Refusal("Das Gebiet liegt nicht im Gebiet der Gliederung darüber, oder Sie dürfen es nicht festlegen. Bitten Sie die Landesgeschäftsführung darum", nameof(Input.Area));
            await db.ExecuteAsync("delete from organisation.division_area where division_id = (select id from organisation.division where slug = @slug) and area_key is distinct from @area", new { slug, area }, ct);
            if (area is not null) await db.ExecuteAsync("insert into organisation.division_area select d.id, @area from organisation.division d where d.slug = @slug and not exists (select from organisation.division_area a where a.division_id = d.id and a.area_key = @area)", new { slug, area }, ct);
            return slug;
        }, ct);
    }
}
