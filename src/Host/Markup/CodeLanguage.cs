using System.Collections.Frozen;

namespace MoocPlatform.Markup;

/// <summary>How the lines of a language are read. All but <see cref="Program"/> have a short method of their own in <see cref="CodeWriter"/>.</summary>
internal enum CodeShape { Program, Tags, Diff, Markdown }

/// <summary>How one kind of string is written.</summary>
/// <param name="Open">What it begins with.</param>
/// <param name="Close">What it ends with.</param>
/// <param name="Escape">Takes away the meaning of the character after it. The quotation mark itself: two of them are one. Null: there is none.</param>
/// <param name="Lines">It may go over several lines. If not, one that is never closed ends with its line.</param>
internal sealed record CodeString(string Open, string Close, char? Escape = '\\', bool Lines = false);

/// <summary>What has to be known of a programming language to colour it. What is not given does not exist in it.</summary>
internal sealed record CodeLanguage
{
    public CodeShape Shape { get; init; }

    /// <summary>Each begins a remark that ends with the line.</summary>
    public string[] Remarks { get; init; } = [];

    /// <summary>Where a word goes on, their sign begins no remark: <c>$#</c>, <c>a#b</c>.</summary>
    public bool RemarksStandApart { get; init; }

    /// <summary>Remarks over several lines.</summary>
    public (string Open, string Close)[] Blocks { get; init; } = [];

    /// <summary>The longer beginnings before the shorter ones.</summary>
    public CodeString[] Strings { get; init; } = [];

    /// <summary>An apostrophe within a word begins no string: in what is half prose.</summary>
    public bool StringsStandApart { get; init; }

    /// <summary>A string that a colon follows is the name of something.</summary>
    public bool StringsCanBeKeys { get; init; }

    public FrozenSet<string> Keywords { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Signs that are part of a word, at its beginning too.</summary>
    public string Letters { get; init; } = "_";

    /// <summary>Signs that make a keyword of the word after them: <c>#include</c>, <c>@Override</c>.</summary>
    public string KeywordSigns { get; init; } = "";

    /// <summary>Signs that make a variable of the word after them.</summary>
    public string VariableSigns { get; init; } = "";

    /// <summary>What parts the name from the value at the beginning of a line: <c>:</c> in YAML, <c>=</c> in TOML.</summary>
    public char? KeySign { get; init; }

    /// <summary>Names within braces that a colon follows: CSS.</summary>
    public bool HasProperties { get; init; }

    /// <summary><c>&lt;&lt;END</c>: what follows, up to the line END, is a string.</summary>
    public bool HasHereDocuments { get; init; }

    /// <summary>An apostrophe is around one character, or else begins a name: Rust.</summary>
    public bool HasLifetimes { get; init; }

    /// <summary>Between slashes, where a value may stand, is a pattern.</summary>
    public bool HasPatterns { get; init; }
}
