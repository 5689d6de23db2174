using System.Globalization;
using Microsoft.Extensions.Localization;
using MoocPlatform.Enrollment.Domain;

namespace MoocPlatform.Enrollment.Features.Grading;

/// <summary>Grades and rules in words.</summary>
internal static class GradeWords
{
    /// <summary>"83.33 %", cut off and never rounded up; an en dash where there is none.</summary>
    public static string Percent(Ratio? percent) => Percent(percent?.Cut(2));

    /// <inheritdoc cref="Percent(Ratio?)"/>
    public static string Percent(decimal? percent) => percent is { } known ? known.ToString("0.##", CultureInfo.CurrentCulture) + "\u00A0%" : "–";

    /// <summary>What completes a course of so many steps.</summary>
    public static string Rule(IStringLocalizer text, GradePlan plan, int all)
    {
        var mark = Percent(plan.PassMark);
        return (plan.Steps, plan.NeedsMark) switch
        {
            (100, false) => text["The course is complete when every step is done."],
            (_, false) => text["The course is complete when {0} of its {1} steps are done.", plan.StepsOf(all), all],
            (0, true) => text["The course is complete when the final grade is at least {0}.", mark],
            (100, true) => text["The course is complete when every step is done and the final grade is at least {0}.", mark],
            _ => text["The course is complete when {0} of its {1} steps are done and the final grade is at least {2}.", plan.StepsOf(all), all, mark],
        };
    }

    /// <summary>What became of a result.</summary>
    public static string Use(IStringLocalizer text, UsedMark mark) => mark.Use switch
    {
        MarkUse.Dropped => text["does not count: one of the lowest"],
        MarkUse.NotYet => text["not graded yet"],
        MarkUse.LeftOut => text["does not count towards the grade"],
        _ when mark.Mark.Percent is null => text["counts as 0: not taken"],
        _ => text["counts"],
    };

    /// <summary>The name of a category; the one that every course begins with has none of its own.</summary>
    public static string Name(IStringLocalizer text, GradeCategory category) => category.Name.Length > 0 ? category.Name : text["Quizzes"];
}
