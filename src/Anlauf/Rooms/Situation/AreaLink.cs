using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Situation;

/// <summary>Addresses of the profiles of areas: key and name, so that they can be read and shared.</summary>
public static class AreaLink
{
    /// <summary>Profile of a municipality (8 digits) or district (5).</summary>
    public static string To(string key, string name) => $"/lage/{(key.Length == 8 ? "gemeinden" : "kreise")}/{key}-{Slug.From(name)}";

    /// <summary>Profile of a goal's area.</summary>
    public static string To(AreaRow area) => To(area.Key, area.Name);
}
