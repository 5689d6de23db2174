namespace MoocPlatform.Markup;

/// <summary>What is read line by line, or tag by tag.</summary>
internal ref partial struct CodeWriter
{
    /// <summary><c>name:</c>, <c>- name:</c>, <c>name =</c> and <c>[section]</c> at the beginning of a line.</summary>
    private void Key(char sign, int lineEnd)
    {
        var line = _code[_at..lineEnd];
        var start = line.IndexOfAnyExcept(" \t-");
        if (start < 0) return;
        if (sign == '=' && line[start] == '[')
        {
            _at += start;
            Mark("k", _at + Math.Max(1, line[start..].LastIndexOf(']') + 1));
            return;
        }

        var length = line[start..].IndexOfAny(['"', '\'', '#', ';', sign]);
        if (length <= 0 || line[start + length] != sign) return;
        if (sign == ':' && start + length + 1 < line.Length && line[start + length + 1] is not (' ' or '\t')) return;
        var end = _at + start + line.Slice(start, length).TrimEnd().Length;
        _at += start;
        Mark("k", end);
    }

    /// <summary><c>&lt;&lt;END</c>, <c>&lt;&lt;-'END'</c>, <c>&lt;&lt;~END</c>; in small letters it would be a shift.</summary>
    private void HereWord(int end)
    {
        _at += 2;
        while (_at < end && _code[_at] is '<' or '-' or '~') _at++;
        var from = _at < end && _code[_at] is '\'' or '"' ? _at + 1 : _at;
        var to = from;
        while (to < end && (char.IsAsciiLetterUpper(_code[to]) || _code[to] == '_' || (to > from && char.IsAsciiDigit(_code[to])))) to++;
        if (to > from) _here = _code[from..to].ToString();
        _at = to;
    }

    private void HereDocument(int end)
    {
        _at++;
        var from = _at;
        for (var line = _at; line < end;)
        {
            var length = _code[line..end].IndexOf('\n') is >= 0 and var found ? found : end - line;
            if (_code.Slice(line, length).Trim().TrimEnd(';').SequenceEqual(_here))
            {
                end = line;
                break;
            }

            line += length + 1;
        }

        _here = null;
        if (end > from) Mark("s", end);
    }

    private void Tags()
    {
        while (_at < _code.Length)
        {
            var open = _code[_at..].IndexOf('<');
            if (open < 0) return;
            _at += open;
            if (Stands("<!--", _code.Length)) Mark("c", After("-->", _at + 4, _code.Length));
            else if (Stands("<!", _code.Length) || Stands("<?", _code.Length)) Mark("c", After(">", _at + 2, _code.Length));
            else Tag();
        }
    }

    private void Tag()
    {
        var from = _at + 1 < _code.Length && _code[_at + 1] == '/' ? _at + 2 : _at + 1;
        var end = from;
        while (end < _code.Length && (char.IsLetterOrDigit(_code[end]) || "-_:.@".Contains(_code[end], StringComparison.Ordinal))) end++;
        if (end == from || char.IsAsciiDigit(_code[from]))
        {
            _at++;
            return;
        }

        var name = _code[from..end];
        var opens = from == _at + 1;
        Mark("k", end);
        while (_at < _code.Length)
        {
            var c = _code[_at];
            if (c == '>')
            {
                Mark("k", _at + 1);
                break;
            }

            if (c is '"' or '\'') Mark("s", After(c == '"' ? "\"" : "'", _at + 1, _code.Length));
            else if (c == '/' && _at + 1 < _code.Length && _code[_at + 1] == '>') Mark("k", _at + 1);
            else _at++;
        }

        if (opens && CodeLanguages.Within(name) is { } inner)
        {
            var rest = _code[_at..].IndexOf(name is ['s' or 'S', 'c' or 'C', ..] ? "</script" : "</style", StringComparison.OrdinalIgnoreCase);
            Program(inner, rest < 0 ? _code.Length : _at + rest);
        }
    }

    private void Diff()
    {
        while (_at < _code.Length)
        {
            var end = LineEnd(_code.Length);
            var line = _code[_at..end];
            if (line.StartsWith("+++") || line.StartsWith("---") || line.StartsWith("diff ") || line.StartsWith("index ")) Mark("k", end);
            else if (line.StartsWith("+") || line.StartsWith(">")) Mark("s", end);
            else if (line.StartsWith("-") || line.StartsWith("<")) Mark("v", end);
            else if (line.StartsWith("@@")) Mark("c", end);
            _at = end + 1;
        }

        _at = _code.Length;
    }

    private void Markdown()
    {
        while (_at < _code.Length)
        {
            var end = LineEnd(_code.Length);
            var line = _code[_at..end];
            var text = line.TrimStart(' ');
            if (text.StartsWith("```") || text.StartsWith("~~~")) Fence(text[0] == '`' ? "\n```" : "\n~~~");
            else if (text.StartsWith("#") && text.TrimStart('#') is [] or [' ', ..]) Mark("k", end);
            else if (text.StartsWith(">")) Mark("c", end);
            else Prose(line.Length - text.Length, end);
            _at = Math.Min(_code.Length, Math.Max(_at, end) + (_at < _code.Length ? 1 : 0));
        }
    }

    // To the end of the line that closes it.
    private void Fence(string close)
    {
        var after = After(close, _at + 3, _code.Length);
        while (after < _code.Length && _code[after] != '\n') after++;
        Mark("s", after);
    }

    private void Prose(int indent, int end)
    {
        _at += indent;
        if (_at + 1 < end && _code[_at] is '-' or '*' or '+' && _code[_at + 1] == ' ') Mark("k", _at + 1);
        while (_at < end)
        {
            var next = _code[_at..end].IndexOfAny('`', ']');
            if (next < 0) return;
            _at += next;
            var isLink = _code[_at] == ']';
            if (isLink && (_at + 1 >= end || _code[_at + 1] != '('))
            {
                _at++;
                continue;
            }

            var from = isLink ? _at + 2 : _at + 1;
            var length = _code[from..end].IndexOf(isLink ? ')' : '`');
            if (length < 0) return;
            if (isLink) _at++;
            Mark("s", from + length + 1);
        }
    }
}
