namespace MoocPlatform.Markup;

/// <summary>Where a text will be shown. It decides which elements an author may use and how links are marked.</summary>
public enum MarkupFor { Lesson, Quiz, Post }

/// <param name="For">Where the text will be shown.</param>
/// <param name="AssetBase">
/// Stands in place of the leading <c>assets/</c> of file addresses, for example <c>/assets/0198…/</c>. Empty: addresses stay as written.
/// </param>
/// <param name="Say">
/// Translates the renderer's own few words (English in, the list is <see cref="Wording.Phrases"/>). <c>{0}</c> is filled in afterwards. Null: English.
/// </param>
public sealed record MarkupOptions(MarkupFor For, string AssetBase = "", Func<string, string>? Say = null);

/// <param name="Id">The id in the page, prefix included: a link to it is <c>#Id</c>.</param>
/// <param name="Text">The words without markup.</param>
/// <param name="Level">The level in the page, 2 to 6 (3 to 6 in a post).</param>
public sealed record Heading(string Id, string Text, int Level);

/// <summary>Something the author should mend. The text is shown nevertheless.</summary>
/// <param name="Line">1-based line of the given text.</param>
/// <param name="Column">1-based, in UTF-16 units.</param>
/// <param name="Message">An English format string, one of <see cref="Wording.Problems"/>.</param>
/// <param name="Arguments">What fills <c>{0}</c>, <c>{1}</c>: text as the author wrote it, to be escaped like any other.</param>
public sealed record MarkupProblem(int Line, int Column, string Message, object[] Arguments);

/// <param name="Html">Safe to show as it is: only what <see cref="AllowList"/> lets through.</param>
/// <param name="Headings">In the order of the page.</param>
/// <param name="HasMaths">There is a formula: the page needs the formula script.</param>
/// <param name="Words">Words of <paramref name="PlainText"/>, to say how long reading takes.</param>
/// <param name="PlainText">The words without markup, one block a line, for search and excerpts. Not escaped.</param>
/// <param name="Problems">In the order of the text, at most 100.</param>
/// <param name="Links">Every address linked to, as written, once each: web, mail and pages of the course, without files.</param>
/// <param name="Assets">Every file shown or linked, as <c>assets/name</c>, once each.</param>
public sealed record Rendered(
    string Html,
    IReadOnlyList<Heading> Headings,
    bool HasMaths,
    int Words,
    string PlainText,
    IReadOnlyList<MarkupProblem> Problems,
    IReadOnlyList<string> Links,
    IReadOnlyList<string> Assets);
