"""The torch engine of Skiagram: spectra of weight matrices in float64, on CUDA where there is a GPU, else on the CPU."""
