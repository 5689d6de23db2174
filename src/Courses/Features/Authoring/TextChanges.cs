namespace MoocPlatform.Courses.Features.Authoring;

/// <summary>The lines of two texts beside each other's numbers; what is far from any change is folded. Shown by <c>_Diff.cshtml</c>.</summary>
internal sealed record TextChanges(IReadOnlyList<DiffLine> Lines, string? Lang)
{
    private const int Around = 3;

    public bool Any => Lines.Any(l => l.Fate != LineFate.Kept);

    /// <summary>The lines to be shown, and between them how many are left out.</summary>
    public IEnumerable<(DiffLine? Line, int LeftOut)> Shown()
    {
        var near = new bool[Lines.Count];
        for (var i = 0; i < Lines.Count; i++)
        {
            if (Lines[i].Fate != LineFate.Kept)
                for (var n = Math.Max(0, i - Around); n <= Math.Min(Lines.Count - 1, i + Around); n++)
                    near[n] = true;
        }

        var folded = 0;
        for (var i = 0; i < Lines.Count; i++)
        {
            if (!near[i])
            {
                folded++;
                continue;
            }

            if (folded > 0)
                yield return (null, folded);
            folded = 0;
            yield return (Lines[i], 0);
        }

        if (folded > 0)
            yield return (null, folded);
    }
}
