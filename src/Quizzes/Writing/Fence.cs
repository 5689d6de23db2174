namespace MoocPlatform.Quizzes.Writing;

/// <summary>Whether we are inside fenced code, where nothing has a meaning (CommonMark 4.5).</summary>
internal struct Fence
{
    private char mark;
    private int length;

    /// <summary>Line in which the block began; 0: not inside one.</summary>
    public int OpenSince { get; private set; }

    /// <summary>The line that closes the block.</summary>
    public readonly string Closing => new(mark, length);

    public bool Goes(string line, int number)
    {
        // Inside an option or a quotation a block is indented or has its mark before it.
        var text = line.AsSpan().TrimStart(" >");
        var run = text.Length > 0 && text[0] is '`' or '~' ? text.Length - text.TrimStart(text[0]).Length : 0;
        if (OpenSince == 0)
        {
            if (run < 3 || (text[0] == '`' && text[run..].Contains('`')))
                return false;
            (mark, length, OpenSince) = (text[0], run, number);
            return true;
        }

        if (run >= length && text[0] == mark && text[run..].IsWhiteSpace())
            OpenSince = 0;
        return true; // the closing line belongs to it
    }
}
