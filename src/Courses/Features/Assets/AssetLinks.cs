using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;

namespace MoocPlatform.Courses.Features.Assets;

/// <summary>Addresses of a course's files in the workshop.</summary>
internal static class AssetLinks
{
    /// <summary>All files; POST takes one in.</summary>
    public static string Files(string course) => $"{CourseLinks.Teach(course)}/files";

    /// <param name="name">Path below assets/: made of letters, digits and a few marks that need no escape.</param>
    public static string File(string course, string name) => $"{Files(course)}/{name}";

    public static string Remove(string course, string name) => $"{CourseLinks.Teach(course)}/delete-file/{name}";

    /// <summary>Where everyone sees it.</summary>
    public static string Shown(Asset asset) => $"{CourseMarkup.AssetBase(asset.CourseId)}{asset.Name}?v={asset.Hash[..12]}";
}
