using Microsoft.AspNetCore.Components.Forms;

namespace Anlauf.Platform.Web.Components;

/// <summary>One error with the id of its field, null when it concerns the whole.</summary>
public sealed record FieldError(string Message, string? FieldId);

/// <summary>The fields of one form in reading order, so that the summary can link to them.</summary>
internal sealed class FormState
{
    private readonly List<(FieldIdentifier Field, string Id)> fields = [];

    public void Register(FieldIdentifier field, string id)
    {
        if (!fields.Contains((field, id))) fields.Add((field, id));
    }

    public IReadOnlyList<FieldError> Errors(EditContext context)
    {
        var known = fields.SelectMany(f => context.GetValidationMessages(f.Field).Select(m => new FieldError(m, f.Id))).ToList();
        var others = context.GetValidationMessages().Where(m => known.All(k => k.Message != m)).Select(m => new FieldError(m, null));
        return [.. known, .. others];
    }
}
