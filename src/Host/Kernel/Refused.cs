namespace MoocPlatform.Kernel;

/// <summary>
/// A "no" written for the person who asked: the rule and the way on. Every module keeps its own in one Refusals.cs.
/// The page shows it beside the form and keeps what was typed.
/// </summary>
/// <param name="text">English format string, the key of its translations.</param>
/// <param name="arguments">Values for the placeholders; an instant (<see cref="DateTimeOffset"/>) is shown in the reader's zone and language, <see cref="Said"/> in the reader's words.</param>
public sealed class Refused(string text, params object[] arguments) : Exception(text)
{
    /// <summary>English format string, the key of its translations.</summary>
    public string Text { get; } = text;

    /// <summary>Values for the placeholders of <see cref="Text"/>.</summary>
    public object[] Arguments { get; } = arguments;

    /// <summary>The field the refusal stands beside; null: the whole form.</summary>
    public string? Field { get; init; }
}

/// <summary>A sentence within a sentence.</summary>
/// <param name="Room">The name of the assembly that has its translations.</param>
/// <param name="Text">English format string, the key of its translations.</param>
public sealed record Said(string Room, string Text, params object[] Arguments);

/// <summary>What was asked for does not exist, or the person may not know that it does: both are the 404 page.</summary>
public sealed class NotFound() : Exception("Not found.");
