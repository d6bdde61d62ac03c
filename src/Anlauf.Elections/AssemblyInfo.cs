[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Anlauf.Elections.Tests")]
