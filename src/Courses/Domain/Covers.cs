namespace MoocPlatform.Courses.Domain;

/// <summary>The course's picture: one of the design's patterns in one of its hues.</summary>
internal static class Covers
{
    public static readonly IReadOnlyList<string> Patterns = ["arches", "leaves", "scales", "stitch", "orbit", "steps"];

    public static readonly IReadOnlyList<string> Hues = ["sea", "leaf", "clay", "plum", "sky", "sand"];
}
