namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>A field of a form with its label, its hint and why it was refused. Shown by <c>_Typed.cshtml</c>.</summary>
internal sealed record Typed(string Name, string Label, string? Value)
{
    public string? Hint { get; init; }

    public string Type { get; init; } = "text";

    /// <summary>More than none: a text of several lines.</summary>
    public int Rows { get; init; }

    public int? Longest { get; init; }

    public bool Required { get; init; }

    /// <summary>Id of a list of proposals.</summary>
    public string? List { get; init; }

    /// <summary>Id of the field from which an address is proposed while this one was not touched.</summary>
    public string? SlugFrom { get; init; }

    public string? Lang { get; init; }

    public bool Short { get; init; }
}
