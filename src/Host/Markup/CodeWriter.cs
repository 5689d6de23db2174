namespace MoocPlatform.Markup;

/// <summary>
/// Writes code with its keywords, strings, remarks, numbers and variables marked: <c>&lt;span class="k"&gt;</c>, <c>s</c>, <c>c</c>, <c>n</c>,
/// <c>v</c>. It is read from its first character to its last, once: each step takes at least one character, and none looks further than the end
/// of its line without taking what it has looked at, so the time grows with the length and no text is dear. The words stay as they are: without
/// the marks it is the same text, whatever it holds, also when it is not of the language it is said to be.
/// </summary>
/// <remarks>
/// Written for this renderer. The highlighters there are for .NET either are no longer kept or know neither the shell, YAML nor R, and all of them
/// take a language apart by patterns that go back and try again, which a stranger's text can make as slow as he likes. In the browser it was a
/// library of 19 KB, on every page with code in it and at each visit anew, for what is the same each time. What is here tells less than a compiler
/// would: which word is a type and which a function it does not know.
/// </remarks>
internal ref partial struct CodeWriter(ReadOnlySpan<char> code, HtmlText html)
{
    /// <summary>In UTF-16 units. What is longer is a listing to be searched, not to be read, and stays as it is.</summary>
    public const int MaxLength = 40_000;

    private const int MaxBraces = 100; // how far a variable in braces may reach

    private readonly ReadOnlySpan<char> _code = code;
    private readonly HtmlText _html = html;
    private int _at;
    private int _written;
    private int _braces;
    private string? _here; // the word that ends the here document that begins on the next line

    public static void Write(string code, string language, HtmlText html)
    {
        var writer = new CodeWriter(code, html);
        if (code.Length <= MaxLength && CodeLanguages.Find(language) is { } known) writer.Read(known);
        writer.Plain(code.Length);
    }

    private void Read(CodeLanguage language)
    {
        switch (language.Shape)
        {
            case CodeShape.Tags: Tags(); break;
            case CodeShape.Diff: Diff(); break;
            case CodeShape.Markdown: Markdown(); break;
            default: Program(language, _code.Length); break;
        }
    }

    private void Program(CodeLanguage language, int end)
    {
        _braces = 0;
        while (_at < end)
        {
            if (language.KeySign is { } sign && IsLineStart(_at)) Key(sign, LineEnd(end));
            if (_at >= end) break;

            var c = _code[_at];
            if (c == '\n' && _here is not null) HereDocument(end);
            else if (IsRemark(language, end) || IsString(language, end) || IsPattern(language, end)) continue;
            else if (char.IsAsciiDigit(c)) Number(end);
            else if (IsLetter(language, c)) Word(language, end);
            else if (!IsSign(language, c, end)) _at++;
        }
    }

    private bool IsRemark(CodeLanguage language, int end)
    {
        foreach (var (open, close) in language.Blocks)
        {
            if (!Stands(open, end)) continue;
            Mark("c", After(close, _at + open.Length, end));
            return true;
        }

        foreach (var open in language.Remarks)
        {
            if (!Stands(open, end) || (language.RemarksStandApart && !StandsApart(";"))) continue;
            Mark("c", LineEnd(end));
            return true;
        }

        return false;
    }

    private bool IsString(CodeLanguage language, int end)
    {
        if (_code[_at] == '\'' && language.HasLifetimes) return IsCharacter(end);
        foreach (var kind in language.Strings)
        {
            if (!Stands(kind.Open, end)) continue;
            if (char.IsLetter(kind.Open[0]) && _at > 0 && IsLetter(language, _code[_at - 1])) continue; // the end of a longer word
            if (language.StringsStandApart && !StandsApart("([{,:=")) continue;
            var after = StringEnd(kind, kind.Lines ? end : LineEnd(end));
            Mark(language.StringsCanBeKeys && IsFollowedBy(':', after, end) ? "k" : "s", after);
            return true;
        }

        return false;
    }

    private readonly int StringEnd(CodeString kind, int end)
    {
        for (var i = _at + kind.Open.Length; i < end; i++)
        {
            var c = _code[i];
            if (c == kind.Escape && (c != kind.Close[0] || (i + 1 < end && _code[i + 1] == c))) i++;
            else if (c == kind.Close[0] && _code[i..end].StartsWith(kind.Close)) return i + kind.Close.Length;
        }

        return end;
    }

    // 'a', '\n' and '\u{1F600}' are characters; what else begins with an apostrophe is a name.
    private bool IsCharacter(int end)
    {
        var rest = _code[_at..Math.Min(end, _at + 12)];
        var close = rest.Length > 1 && rest[1] == '\\' ? rest[Math.Min(3, rest.Length)..].IndexOf('\'') + 3 : rest.Length > 2 && rest[2] == '\'' ? 2 : 0;
        if (close <= 0 || close >= rest.Length || rest[close] != '\'') return false;
        Mark("s", _at + close + 1);
        return true;
    }

    // A slash where a value may stand does not divide.
    private bool IsPattern(CodeLanguage language, int end)
    {
        if (!language.HasPatterns || _code[_at] != '/') return false;
        var before = _code[_written.._at].TrimEnd(" \t");
        if (before.Length > 0 && !"(,=:[!&|?{};\n>".Contains(before[^1], StringComparison.Ordinal)) return false;
        if (before.Length == 0 && _written > 0 && _code[_written - 1] is not ('n' or ' ' or '\n')) return false; // only "return" may stand before one

        var lineEnd = LineEnd(end);
        var inClass = false;
        var i = _at + 1;
        for (; i < lineEnd && (_code[i] != '/' || inClass); i++)
        {
            if (_code[i] == '\\') i++;
            else if (_code[i] == '[') inClass = true;
            else if (_code[i] == ']') inClass = false;
        }

        if (i < lineEnd) Mark("s", i + 1);
        else _at = lineEnd;
        return true;
    }

    private void Number(int end)
    {
        var i = _at + 1;
        for (; i < end; i++)
        {
            var c = _code[i];
            if (char.IsAsciiLetterOrDigit(c) || c == '_') continue;
            if (c == '.' && i + 1 < end && char.IsAsciiDigit(_code[i + 1])) continue;
            if (c is '+' or '-' && _code[i - 1] is 'e' or 'E' && !_code[_at..i].StartsWith("0x") && i + 1 < end && char.IsAsciiDigit(_code[i + 1])) continue;
            break;
        }

        Mark("n", i);
    }

    private void Word(CodeLanguage language, int end)
    {
        var i = WordEnd(language, _at, end);
        var word = _code[_at..i];
        if (language.Keywords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word)) Mark("k", i);
        else if (language.HasProperties && _braces > 0 && IsFollowedBy(':', i, end)) Mark("k", i);
        else _at = i;
    }

    // Characters of nobody's script mark places that the caller has an eye on, such as the gaps of a quiz: with what is between them they stay together.
    private static bool IsLetter(CodeLanguage language, char c) => char.IsLetter(c) || c is >= '\uE000' and <= '\uF8FF' || language.Letters.Contains(c, StringComparison.Ordinal);

    private readonly int WordEnd(CodeLanguage language, int from, int end)
    {
        while (from < end && (char.IsAsciiDigit(_code[from]) || IsLetter(language, _code[from]))) from++;
        return from;
    }

    /// <summary>Signs that make something of what follows, braces that are counted, and the beginning of a here document.</summary>
    private bool IsSign(CodeLanguage language, char c, int end)
    {
        _braces = c == '{' ? _braces + 1 : c == '}' ? Math.Max(0, _braces - 1) : _braces;
        if (_at + 1 >= end) return false;

        var next = _code[_at + 1];
        var isName = IsLetter(language, next);
        if (isName && language.KeywordSigns.Contains(c, StringComparison.Ordinal))
        {
            Mark("k", WordEnd(language, _at + 1, end));
        }
        else if (language.HasProperties && c == '#' && char.IsAsciiLetterOrDigit(next))
        {
            Mark("n", WordEnd(language, _at + 1, end));
        }
        else if (language.VariableSigns.Contains(c, StringComparison.Ordinal))
        {
            var length = isName || char.IsAsciiDigit(next) ? WordEnd(language, _at + 1, end) - _at
                : next == '{' ? _code[_at..Math.Min(end, _at + MaxBraces)].IndexOfAny('}', '\n') + 1
                : c == '$' && "?#@*!$".Contains(next, StringComparison.Ordinal) ? 2 : 0;
            if (length < 2) return false;
            if (_code[_at + length - 1] == '\n') return false;
            Mark("v", _at + length);
        }
        else if (c == '<' && next == '<' && language.HasHereDocuments)
        {
            HereWord(end);
        }
        else
        {
            return false;
        }

        return true;
    }

    private readonly bool Stands(string what, int end) => _code[_at..end].StartsWith(what);

    private readonly bool StandsApart(string after) =>
        _at == 0 || char.IsWhiteSpace(_code[_at - 1]) || after.Contains(_code[_at - 1], StringComparison.Ordinal);

    private readonly bool IsLineStart(int at) => at == 0 || _code[at - 1] == '\n';

    private readonly int LineEnd(int end) => _code[_at..end].IndexOf('\n') is >= 0 and var length ? _at + length : end;

    private readonly int After(string close, int from, int end) =>
        from < end && _code[from..end].IndexOf(close) is >= 0 and var length ? from + length + close.Length : end;

    // Spaces alone are looked at, and the next word takes them.
    private readonly bool IsFollowedBy(char sign, int from, int end)
    {
        while (from < end && _code[from] == ' ') from++;
        return from < end && _code[from] == sign;
    }

    private void Plain(int end)
    {
        if (end > _written) _html.AddText(_code[_written..end]);
        (_written, _at) = (end, end);
    }

    private void Mark(string kind, int end)
    {
        Plain(_at);
        _html.Add($"<span class=\"{kind}\">{_code[_at..end]}</span>");
        (_written, _at) = (end, end);
    }
}
