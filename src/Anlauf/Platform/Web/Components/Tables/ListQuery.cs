using Anlauf.Platform.Web.Search;
using Microsoft.AspNetCore.WebUtilities;

namespace Anlauf.Platform.Web.Components;

/// <summary>
/// Sorting, page and filters of a list as they stand in the address: ?sort=-einwohner&amp;seite=2&amp;kreis=14626.
/// A leading minus sorts downwards. Every change gives a new address, so that the back button and sharing work.
/// </summary>
public sealed class ListQuery
{
    /// <summary>Rows per page.</summary>
    public const int PageSize = 25;

    private readonly string path;
    private readonly Dictionary<string, string> values;

    private readonly HttpRequest request;

    private ListQuery(HttpRequest request, Dictionary<string, string> values, string sort)
    {
        this.request = request;
        path = request.Path.Value ?? "/";
        this.values = values;
        Descending = sort.StartsWith('-');
        Sort = sort.TrimStart('-');
        Page = Math.Clamp(int.TryParse(values.GetValueOrDefault("seite"), out var page) ? page : 1, 1, 100_000);
    }

    /// <summary>Column in the list of allowed ones.</summary>
    public string Sort { get; }

    /// <summary>Largest or latest first.</summary>
    public bool Descending { get; }

    /// <summary>Page from 1.</summary>
    public int Page { get; }

    /// <summary>Rows before this page.</summary>
    public int Offset => (Page - 1) * PageSize;

    /// <summary>Reads the request. An unknown column falls back to the default, never into SQL.</summary>
    /// <param name="request">The request.</param>
    /// <param name="defaultSort">Column, with a minus for descending.</param>
    /// <param name="columns">Columns that may be sorted by.</param>
    public static ListQuery From(HttpRequest request, string defaultSort, params IReadOnlyCollection<string> columns)
    {
        var values = request.Query.Where(q => !string.IsNullOrEmpty(q.Value)).ToDictionary(q => q.Key, q => q.Value.ToString());
        var asked = values.GetValueOrDefault("sort");
        var sort = asked is not null && columns.Contains(asked.TrimStart('-')) ? asked : defaultSort;
        return new ListQuery(request, values, sort);
    }

    /// <summary>Value of a filter as somebody chose or typed it, or null.</summary>
    public string? this[string name] => values.ContainsKey(name) ? SearchWords.Of(request, name) : null;

    /// <summary>The same as it stands in the address, where typed words are sealed: for hidden fields of a form that opens the list again.</summary>
    public string? InAddress(string name) => values.GetValueOrDefault(name);

    /// <summary>The same list with one value changed; null removes it. Any change but the page returns to page 1.</summary>
    public string With(string name, string? value)
    {
        var changed = new Dictionary<string, string?>(values.ToDictionary(v => v.Key, v => (string?)v.Value));
        if (name != "seite") changed.Remove("seite");
        if (value is null) changed.Remove(name);
        else changed[name] = value;
        return QueryHelpers.AddQueryString(path, changed);
    }

    /// <summary>Address that sorts by this column, the other way round if it already does.</summary>
    public string SortBy(string column) => With("sort", Sort == column && !Descending ? "-" + column : column);

    /// <summary>Address of another page.</summary>
    public string PageHref(int page) => With("seite", page <= 1 ? null : page.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Address of the filtered set in another format ("csv", "xlsx").</summary>
    public string Export(string format) => With("ausgabe", format);
}
