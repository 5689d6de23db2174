namespace MoocPlatform.Courses.Domain;

/// <summary>What an attribution says of a work: title, author, source, licence (creativecommons.org, "TASL").</summary>
/// <param name="Title">Of the work.</param>
/// <param name="Authors">Empty: those of the course.</param>
/// <param name="Source">What it was taken or made from: an address or words; empty: it is the course's own.</param>
internal sealed record Credit(string Title, IReadOnlyList<string> Authors, string Source, Licence Licence)
{
    /// <summary>The source's address when it is one that may be linked to; null: it is words.</summary>
    public string? Address => Uri.TryCreate(Source, UriKind.Absolute, out var uri) && uri is { Scheme: "https" or "http", UserInfo: "" } ? uri.AbsoluteUri : null;

    /// <summary>A lesson has the licence and the authors of its course unless it says so itself.</summary>
    public static Credit Of(Course course, Item item) => new(
        item.Title, item.Authors.Count > 0 ? item.Authors : [.. course.Authors.Select(a => a.Name)], item.Source, Licence.Of(item.Licence.Length > 0 ? item.Licence : course.Licence));

    public static Credit Of(Course course, Asset asset) => new(
        asset.Alt.Length > 0 ? asset.Alt : asset.Name, asset.Author.Length > 0 ? [asset.Author] : [], asset.Source, Licence.Of(asset.Licence.Length > 0 ? asset.Licence : course.Licence));
}
