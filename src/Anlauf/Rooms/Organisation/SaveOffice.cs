using System.ComponentModel.DataAnnotations;
using Anlauf.Platform.Mail;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Organisation;

/// <summary>Adds an office to a division. Its role decides what the holder may see and do.</summary>
public sealed class SaveOffice(Db db)
{
    public sealed class Input
    {
        public int DivisionId { get; set; }
        public int? BodyId { get; set; }
        [Required(ErrorMessage = "Geben Sie dem Amt einen Namen"), MaxLength(120, ErrorMessage = "Der Name ist zu lang: höchstens 120 Zeichen")] public string Name { get; set; } = "";
        public string? RoleId { get; set; }
        public bool Voting { get; set; }
        /// <summary>Whoever holds it is paid for it; counted in the report on where the association is.</summary>
        public bool Staff { get; set; }
        /// <summary>Mailbox of the office; it stays with the office when the holder changes.</summary>
        [MailAddress, MaxLength(200, ErrorMessage = "Die E-Mail-Adresse ist zu lang: höchstens 200 Zeichen")] public string? Email { get; set; }
    }

    /// <summary>Writes the office, vacant; returns its id.</summary>
    public async Task<Outcome<int>> HandleAsync(Input input, CancellationToken ct = default)
    {
        var values = new { input.DivisionId, input.BodyId, name = input.Name.Trim(), role = string.IsNullOrEmpty(input.RoleId) ? null : input.RoleId, input.Voting, input.Staff, email = string.IsNullOrWhiteSpace(input.Email) ? null : input.Email.Trim() };
        if (!await db.ScalarAsync<bool>("select @DivisionId = any ((select access.editable_divisions('P1', 'organisation'))::integer[])", values, ct)) return new Refusal("Ämter dieser Gliederung können Sie nicht ändern");
        if (values.role is not null && !await db.ScalarAsync<bool>("select exists (select from access.role where id = @role)", values, ct)) return new Refusal("Wählen Sie eine Rolle aus der Liste", nameof(Input.RoleId));
        if (!await db.ScalarAsync<bool>("select access.may_grant(@role, @DivisionId)", values, ct)) return new Refusal("Diese Rolle darf mehr, als Sie hier selbst dürfen. Bitten Sie die Landesgeschäftsführung darum", nameof(Input.RoleId));
        if (input.BodyId is not null && !await db.ScalarAsync<bool>("select exists (select from organisation.body where id = @BodyId and division_id = @DivisionId)", values, ct)) return new Refusal("Das Gremium gehört zu einer anderen Gliederung", nameof(Input.BodyId));
        return await db.ScalarAsync<int>("insert into organisation.office (division_id, body_id, name, role_id, voting, staff, email) values (@DivisionId, @BodyId, @name, @role, @Voting, @Staff, @email) returning id", values, ct);
    }
}
