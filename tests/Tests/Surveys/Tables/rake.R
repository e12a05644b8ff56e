# Prints what RakingTests compares with. Run in this folder: Rscript rake.R > rake.out
suppressMessages(library(survey))
options(digits = 14)
cat("survey", as.character(packageVersion("survey")), "\n")
types <- data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018))
wide <- data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122))
awards <- data.frame(awards = c("No", "Yes"), Freq = c(2027, 4167))
close <- list(maxit = 500, epsilon = 1e-10)
show <- function(name, d) {
  m <- svymean(~comp.imp, d); b <- svyby(~comp.imp, ~stype, d, svymean)
  cat(name, "Yes", coef(m)[2], SE(m)[2], "\n")
  for (s in c("E", "H", "M")) cat(name, s, b[s, "comp.impYes"], b[s, "se.comp.impYes"], "\n")
  x <- svychisq(~comp.imp + awards, d); cat(name, "F", x$statistic, x$p.value, "\n")
}
strat <- svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = read.csv("apistrat.csv"))
show("strat", rake(strat, list(~stype, ~sch.wide, ~awards), list(types, wide, awards), control = close))
clus <- svydesign(id = ~dnum, weights = ~pw, data = read.csv("apiclus1.csv"))
show("clus", rake(clus, list(~stype, ~sch.wide), list(types, wide), control = close))
